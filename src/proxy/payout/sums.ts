import { compareAmounts, sumAmounts } from '../../rules/amount.ts';
import { createBatches } from '../concurrency/batches.ts';
import { sleep } from '../concurrency/sleep.ts';
import type { ProxyContext } from '../context.ts';
import type { PayoutLimits } from '../options.ts';
import { LOST, putRecord, readRecord, untilWritten } from '../store/records.ts';
import { type CountedPayout, digest, type PayoutRecord } from './record.ts';

/** The limit of a day that a payout would exceed. */
export type ExceededLimit = 'perDay' | 'perActorPerDay';

/** What counts towards the limits of a day, over all replicas. */
export interface PayoutSums {
  /**
   * Brings both sums to what the record's `counted` says, exactly once however often it is called. With limits, not above
   * them: what is exceeded is returned, and then the record has to say otherwise and be booked again.
   */
  book: (record: PayoutRecord, limits?: PayoutLimits) => Promise<ExceededLimit | undefined>;
}

/**
 * What has been paid out in one currency on one day, by everybody or by one actor. It is the difference of two totals,
 * because amounts are only ever added.
 */
interface Sum {
  added: string;
  taken: string;
  /** What payouts are in the totals with whose record may not say so yet. */
  open: Entry[];
}

interface Entry {
  id: string;
  turn: number;
  amount: string;
}

interface Booking {
  requestId: string;
  counted: CountedPayout;
  currency: string;
  max: string | undefined;
  /** Whether no other sum has to be asked after this one. */
  isLast: boolean;
}

/** `undecided`: it fits, or not, depending on others that are being counted at this moment. */
type Booked = 'booked' | 'exceeded' | 'undecided';

/** Nobody looks at a day's sum once the day is over, wherever that is. */
const KEPT_MS = 2 * 86_400_000;
/** How many payouts are booked by one write. */
const BATCH_SIZE = 32;
/** How many entries may stay before each booking looks at two of them, so that there never are many. */
const KEPT_ENTRIES = 8;
const NOTHING: Sum = { added: '0', taken: '0', open: [] };
const DECISION_POLL_MS = 25;
const DECISION_POLLS = 20;

/**
 * Makes the sums. A store changes one record at a time, and a payout counts in two sums: of each change first the payout's
 * record says what is to count, as a turn with a number; then each sum takes it over and notes the turn; and once the record
 * says that both have it, the note may go. The sum is read before the record, and replaced by its version: a turn without a
 * note was not taken over yet, unless the record says that it was.
 */
export function createPayoutSums({ store, payouts, config, now }: ProxyContext): PayoutSums {
  const { currencies } = config.tables;
  const bookInTurn = createBatches(bookAll, BATCH_SIZE);

  async function book(record: PayoutRecord, limits: PayoutLimits = {}): Promise<ExceededLimit | undefined> {
    const { requestId, counted, currency, actorId } = record;
    if (!counted) throw new Error('Only a payout that says what counts of it can be booked');
    const everybody = `payout-sum:${currency}:${counted.day}`;
    const own = `${everybody}:${digest(actorId).slice(0, 32)}`;
    const fits = async (key: string, max: string | undefined): Promise<boolean> => {
      for (let poll = 0; poll < DECISION_POLLS; poll += 1) {
        const outcome = await bookInTurn(key, { requestId, counted, currency, max, isLast: key === everybody });
        if (outcome !== 'undecided') return outcome === 'booked';
        await sleep(DECISION_POLL_MS);
      }
      return false;
    };
    if (!(await fits(own, limits.perActorPerDay))) return 'perActorPerDay';
    return (await fits(everybody, limits.perDay)) ? undefined : 'perDay';
  }

  async function bookAll(key: string, bookings: readonly Booking[]): Promise<Booked[]> {
    return untilWritten(async () => {
      const found = await readRecord<Sum>(store, key);
      const sum = found?.record ?? NOTHING;
      const oldest = sum.open.length > KEPT_ENTRIES ? sum.open.slice(0, 2 * bookings.length) : [];
      const records = await readAll([...bookings.map(({ requestId }) => requestId), ...oldest.map(({ id }) => id)]);
      let changed = sum;
      const outcomes: Booked[] = [];
      for (const booking of bookings) {
        const record = records.get(booking.requestId);
        const next =
          record && isToBook(record, booking, changed, !found) ? withBooking(changed, record, booking) : changed;
        if (next === changed || !exceeds(next, booking)) {
          changed = next;
          outcomes.push('booked');
        } else {
          outcomes.push(!booking.isLast && (await isUndecided(next, booking)) ? 'undecided' : 'exceeded');
        }
      }
      if (changed === sum) return outcomes;
      const next = tidied(changed, oldest, records);
      return (await putRecord(store, key, found?.version, next, { expiresInMs: KEPT_MS })) ? outcomes : LOST;
    });
  }

  function isToBook(
    { counted }: PayoutRecord,
    { counted: wanted, requestId }: Booking,
    sum: Sum,
    isNew: boolean,
  ): boolean {
    // The record may say something else by now, and whoever wrote that books it.
    if (counted?.turn !== wanted.turn || counted.booked?.turn === wanted.turn) return false;
    // The sum of a day that is long over.
    if (isNew && counted.booked) return false;
    return entryOf(sum, requestId)?.turn !== wanted.turn;
  }

  function withBooking(
    sum: Sum,
    { counted }: PayoutRecord,
    { requestId: id, counted: { turn, amount }, currency }: Booking,
  ): Sum {
    const before = entryOf(sum, id)?.amount ?? counted?.booked?.amount ?? '0';
    return {
      added: sumAmounts([sum.added, amount], currency, currencies),
      taken: sumAmounts([sum.taken, before], currency, currencies),
      open: [...sum.open.filter((entry) => entry.id !== id), { id, turn, amount }],
    };
  }

  function exceeds({ added, taken }: Pick<Sum, 'added' | 'taken'>, { max, currency }: Booking): boolean {
    if (max === undefined) return false;
    return compareAmounts(added, sumAmounts([max, taken], currency, currencies), currency, currencies) > 0;
  }

  /** Of others that are being counted at this moment some may yet be refused by the other sum, and leave their place. */
  async function isUndecided(sum: Sum, booking: Booking): Promise<boolean> {
    const others = sum.open.filter(({ id }) => id !== booking.requestId);
    const without = (entries: readonly Entry[]): Pick<Sum, 'added' | 'taken'> => ({
      added: sum.added,
      taken: sumAmounts([sum.taken, ...entries.map(({ amount }) => amount)], booking.currency, currencies),
    });
    if (exceeds(without(others), booking)) return false;
    const records = await readAll(others.map(({ id }) => id));
    const undecided = others.filter(({ id, turn }) => {
      const record = records.get(id);
      return record?.status === 'unknown' && record.leaseUntil > now() && !isBooked(record, turn);
    });
    return !exceeds(without(undecided), booking);
  }

  /** Without the entries of payouts whose record says that both sums have them; the others are looked at again last. */
  function tidied(sum: Sum, oldest: readonly Entry[], records: ReadonlyMap<string, PayoutRecord>): Sum {
    const looked = new Set(oldest);
    const isNeeded = ({ id, turn }: Entry): boolean => {
      const record = records.get(id);
      return record !== undefined && !isBooked(record, turn);
    };
    const kept = sum.open.filter((entry) => looked.has(entry) && isNeeded(entry));
    return { ...sum, open: [...sum.open.filter((entry) => !looked.has(entry)), ...kept] };
  }

  async function readAll(requestIds: readonly string[]): Promise<Map<string, PayoutRecord>> {
    const found = await Promise.all([...new Set(requestIds)].map((requestId) => payouts.find(requestId)));
    return new Map(found.flatMap((one) => (one ? [[one.record.requestId, one.record]] : [])));
  }

  return { book };
}

/** The record of a payout that both sums have. */
export function withBooked(record: PayoutRecord): PayoutRecord {
  const { counted } = record;
  if (!counted) return record;
  const { turn, amount } = counted;
  return { ...record, counted: { ...counted, booked: { turn, amount } } };
}

function entryOf({ open }: Sum, requestId: string): Entry | undefined {
  return open.find(({ id }) => id === requestId);
}

function isBooked({ counted }: PayoutRecord, turn: number): boolean {
  return (counted?.booked?.turn ?? 0) >= turn;
}
