import { getPayouts, ProxyError, type ClientOptions, type ProxyErrorCode } from '../client.ts';
import { PayoutAttempt } from './payout-attempt.ts';
import type { PayoutItem, PayoutStatusResponse } from '../protocol/messages.ts';
import type { FieldError, Problem } from '../protocol/problem.ts';
import { isFinal, type PayoutStatus } from '../protocol/status.ts';
import { BATCH_FIELDS, type BatchField } from './columns.ts';
import type { BatchRow, PayoutBatch, RowOutcome } from './payout-batch.ts';

/** The most rows and bytes of one request; the proxy takes 1,000 payouts and 1 MiB. */
const MAX_ROWS = 500;
const MAX_BYTES = 512 * 1024;
/** How often one submission halves a refused request to find the payout that was meant. */
const MAX_SPLITS = 200;
/** How many requests are asked about in one round; those of one payout each may be thousands. */
const MAX_ASKED = 40;
/** Ended without money having moved. */
const FAILED: ReadonlySet<PayoutStatus> = new Set(['failed', 'canceled', 'closed']);

/** Refusals of the sender or of everything, not of these payouts: what follows would fare no better. */
const SHUT: ReadonlySet<ProxyErrorCode> = new Set<ProxyErrorCode>([
  'forbidden',
  'forbidden-origin',
  'not-found',
  'method-not-allowed',
  'unsupported-media-type',
  'body-timeout',
  'too-many-requests',
  'upstream-unavailable',
  'bad-answer',
  'proxy-not-allowed',
]);

/** A payout that was taken, by its reference. */
interface Sent {
  requestId: string;
  /** The whole payout, to tell a changed one. */
  body: string;
}

/** What a refusal says of one payout. */
interface Blame {
  field: BatchField | undefined;
  code: string;
}

/**
 * Sends the rows of batches, each request once: an attempt keeps its key however often its answer is lost, what was
 * taken is not sent again, and what was refused comes back on its row. What is known is kept by reference, over several
 * files: a corrected file holds the rows that were taken already.
 */
export class BatchSubmission {
  readonly #client: () => ClientOptions;
  readonly #changed: () => void;
  readonly #sent = new Map<string, Sent>();
  /** Attempts whose outcome is open, with the references of their payouts. */
  readonly #unknown = new Map<PayoutAttempt, ReadonlySet<string>>();
  /** Requests that are not final yet, in the order in which they are asked about. */
  readonly #following = new Set<string>();
  #batch: PayoutBatch | undefined;
  #splits = 0;
  #isAsking = false;
  /** How much of the running submission is done, 0 to 1. */
  progress = 0;
  /** Why the last submission stopped before its end; its other rows were not sent and are still ready. */
  halted: ProxyErrorCode | undefined;

  /**
   * @param client - How to reach the proxy, read at each call.
   * @param changed - Told whenever a row's outcome or the progress is another.
   */
  constructor(client: () => ClientOptions, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** The requests that were taken. */
  get requestIds(): string[] {
    return [...new Set([...this.#sent.values()].map(({ requestId }) => requestId))];
  }

  /** Of how many payouts the outcome is open, whether or not they are in the batch in view. */
  get unknown(): number {
    return [...this.#unknown.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Whether a request is on its way to its end. */
  get isFollowing(): boolean {
    return this.#following.size > 0;
  }

  /** Takes a batch into view, or some changed rows of it: marks what was taken before, or may have been. */
  markSent(batch: PayoutBatch, rows = batch.rows): void {
    this.#batch = batch;
    if (this.#sent.size + this.#unknown.size === 0) return;
    for (const row of rows) {
      const earlier = this.#earlier(row);
      if (earlier) row.outcome ??= earlier;
    }
  }

  /** What is known of a row's reference, however wrong the row is now. */
  #earlier({ reference, payout }: BatchRow): RowOutcome | undefined {
    if ([...this.#unknown.values()].some((references) => references.has(reference))) return { state: 'unknown' };
    const { requestId, body } = this.#sent.get(reference) ?? {};
    if (requestId === undefined) return undefined;
    return { state: 'already-sent', requestId, differs: body !== bodyOf(this.#batch?.currency, payout) };
  }

  /**
   * Sends what is ready of a batch. Never rejects: what went wrong is told on the rows. Where nobody may send, or no answer
   * comes through, it stops, so that the fewest rows are left in the open.
   */
  async send(batch: PayoutBatch): Promise<void> {
    const { ready: rows, currency } = batch;
    this.#batch = batch;
    this.#splits = 0;
    this.progress = 0;
    this.halted = undefined;
    for (const row of rows) row.outcome = this.#earlier(row) ?? { state: 'sending' };
    let done = 0;
    this.#changed();
    for (const group of groupsOf(rows.filter(({ outcome }) => outcome?.state === 'sending'))) {
      await this.#sendGroup(currency, group);
      done += group.length;
      this.progress = done / rows.length;
      this.#changed();
    }
  }

  /** Asks what became of the rows whose outcome is open; sends nothing that was not sent before. */
  async check(): Promise<void> {
    this.halted = undefined;
    for (const [attempt, references] of [...this.#unknown]) {
      const outcome = await attempt.check(this.#client());
      if (outcome.state === 'unknown') {
        // Without an answer to this one there is none to the others.
        if (outcome.error && !outcome.error.problem) break;
        continue;
      }
      this.#unknown.delete(attempt);
      const rows = this.#inView(({ outcome: own, reference }) => own?.state === 'unknown' && references.has(reference));
      if (outcome.state === 'accepted') await this.#accept(attempt, rows, outcome);
      else this.#giveBack(attempt, rows, outcome.error);
    }
    this.#changed();
  }

  /** Asks how the requests that were taken fare, and puts the answer on their rows. */
  async follow(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (const requestId of [...this.#following].slice(0, MAX_ASKED)) {
        if (!(await this.#ask(requestId))) break;
      }
    } finally {
      this.#isAsking = false;
    }
    this.#changed();
  }

  #inView(isMeant: (row: BatchRow) => boolean): BatchRow[] {
    return this.#batch?.rows.filter(isMeant) ?? [];
  }

  /** Asks about one request; whether there was an answer. */
  async #ask(requestId: string): Promise<boolean> {
    // To the end of the queue, until it is final.
    this.#following.delete(requestId);
    this.#following.add(requestId);
    let answer: PayoutStatusResponse;
    try {
      answer = await getPayouts(this.#client(), requestId);
    } catch (error) {
      // Not being able to ask says nothing against the payouts.
      if (error instanceof ProxyError) return false;
      throw error;
    }
    const { final, status: whole } = answer;
    if (final) this.#following.delete(requestId);
    const told = new Map<string, RowOutcome>();
    for (const { reference, status: own, failure } of answer.details) {
      // The parts of a refused request are told nothing.
      const status = final && own === 'unknown' ? whole : own;
      // Only of a request that has ended does the proxy pay a failed part again.
      const hasFailed = final && FAILED.has(status);
      told.set(reference, { state: hasFailed ? 'refused' : 'accepted', requestId, status, code: failure });
      // It did not move any money, so the same reference may be paid again.
      if (hasFailed && this.#sent.get(reference)?.requestId === requestId) this.#sent.delete(reference);
    }
    for (const row of this.#inView(({ outcome }) => outcome?.requestId === requestId)) {
      const outcome = told.get(row.reference);
      if (outcome?.state === 'accepted') row.outcome = { ...outcome, ...row.outcome, status: outcome.status };
      // What failed was another payout than a row with other details.
      else if (outcome) row.outcome = row.outcome?.differs ? undefined : outcome;
    }
    return true;
  }

  async #sendGroup(currency: string, rows: readonly BatchRow[]): Promise<void> {
    if (rows.length === 0) return;
    if (this.halted !== undefined) {
      mark(rows, undefined);
      return;
    }
    const payouts = rows.flatMap(({ payout }) => payout ?? []);
    const attempt = new PayoutAttempt({ currency, payouts });
    const outcome = await attempt.send(this.#client());
    switch (outcome.state) {
      case 'accepted':
        await this.#accept(attempt, rows, outcome);
        break;
      case 'unknown':
        mark(rows, { state: 'unknown' });
        this.#unknown.set(attempt, new Set(payouts.map(({ reference }) => reference)));
        this.halted = outcome.error?.code ?? 'outcome-unknown';
        break;
      case 'refused':
        if (SHUT.has(outcome.error.code)) {
          mark(rows, undefined);
          this.halted = outcome.error.code;
        } else await this.#refuse(currency, rows, outcome.error);
    }
    this.#changed();
  }

  async #accept(
    { request: { currency, payouts } }: PayoutAttempt,
    rows: readonly BatchRow[],
    { requestId, status }: { requestId: string; status: PayoutStatus },
  ): Promise<void> {
    for (const payout of payouts) this.#sent.set(payout.reference, { requestId, body: bodyOf(currency, payout) });
    for (const row of rows) {
      const earlier = this.#earlier(row);
      row.outcome = earlier?.differs ? earlier : { state: 'accepted', requestId, status };
    }
    if (isFinal(status) && !FAILED.has(status) && status !== 'partly-succeeded') return;
    this.#following.add(requestId);
    // It has ended, and not well: the reasons are known by now.
    if (isFinal(status)) await this.#ask(requestId);
  }

  /** An attempt that was open has turned out as not taken: its rows come back, and nobody is paid unasked. */
  #giveBack({ request }: PayoutAttempt, rows: readonly BatchRow[], { code, problem }: ProxyError): void {
    const named = byRow(problem?.errors ?? []);
    const isShut = SHUT.has(code);
    if (isShut) this.halted = code;
    const { currency, payouts } = request;
    for (const row of rows) {
      const index = payouts.findIndex(({ reference }) => reference === row.reference);
      const isNamed = named.size === 0 || named.has(index);
      const isSame = bodyOf(currency, row.payout) === bodyOf(currency, payouts[index]);
      if (isSame && isNamed && !isShut && !isOtherRoute(named)) this.#blame(row, code, problem, named.get(index));
      else row.outcome = undefined;
    }
  }

  /** A refused request has sent nothing: what it named comes back on its row, the rest is sent without it. */
  async #refuse(currency: string, rows: readonly BatchRow[], { code, problem }: ProxyError): Promise<void> {
    const named = byRow(problem?.errors ?? []);
    const others = rows.filter((_, index) => named.has(index));
    const rest = rows.filter((_, index) => !named.has(index));
    if (rest.length > 0 && isOtherRoute(named)) {
      // All but the first: the channel takes one payout per request.
      const parts = rest.length === 1 ? rows.map((row) => [row]) : [rest, others];
      for (const part of parts) await this.#sendGroup(currency, part);
    } else if (named.size > 0 && rest.length > 0) {
      for (const [index, blame] of named) this.#blame(rows[index], code, problem, blame);
      await this.#sendGroup(currency, rest);
    } else if (this.#mayHideOne(rows, problem)) {
      this.#splits += 1;
      const half = Math.ceil(rows.length / 2);
      await this.#sendGroup(currency, rows.slice(0, half));
      await this.#sendGroup(currency, rows.slice(half));
    } else {
      for (const [index, row] of rows.entries()) this.#blame(row, code, problem, named.get(index));
    }
  }

  /** Whether the platform refused one payout of several without saying which. */
  #mayHideOne(rows: readonly BatchRow[], problem: Problem | undefined): boolean {
    const isAboutOne = problem?.errors?.some(({ path }) => path === 'payouts') ?? false;
    return rows.length > 1 && isAboutOne && this.#splits < MAX_SPLITS;
  }

  #blame(row: BatchRow | undefined, problemCode: string, problem: Problem | undefined, blame: Blame | undefined): void {
    if (!row) return;
    const { requestId, upstreamCode } = problem ?? {};
    if (problemCode === 'duplicate-payout') {
      row.outcome = { state: 'already-sent', requestId };
      // It may have failed meanwhile, or do so yet.
      if (requestId !== undefined) this.#following.add(requestId);
      return;
    }
    const code = blame?.code === 'upstream-refused' || !blame ? problemCode : blame.code;
    row.outcome = { state: 'refused', code, upstreamCode, field: blame?.field };
  }
}

/** All that makes two payouts the same one. */
function bodyOf(currency: string | undefined, payout: PayoutItem | undefined): string {
  return JSON.stringify([currency, payout]);
}

function isOtherRoute(named: ReadonlyMap<number, { code: string }>): boolean {
  return named.size > 0 && [...named.values()].every(({ code }) => code === 'other-route');
}

function mark(rows: readonly BatchRow[], outcome: RowOutcome | undefined): void {
  for (const row of rows) row.outcome = outcome;
}

/** The first error of each payout: `payouts.3.recipient.iban` is about the IBAN of the fourth. */
function byRow(errors: readonly FieldError[]): Map<number, Blame> {
  const named = new Map<number, Blame>();
  for (const { path, code } of errors) {
    const [, index, member = ''] = /^payouts\.(\d+)(?:\.(?:recipient\.)?(.*))?$/.exec(path) ?? [];
    if (index === undefined || named.has(Number(index))) continue;
    named.set(Number(index), { field: BATCH_FIELDS.find((field) => field === member), code });
  }
  return named;
}

/**
 * The rows of each request: those of one method and wallet together, Malaysian ones alone (LeanX takes one payout per
 * request), and none larger than the proxy takes.
 */
function groupsOf(rows: readonly BatchRow[]): BatchRow[][] {
  const groups: BatchRow[][] = [];
  const current = new Map<string, { rows: BatchRow[]; bytes: number }>();
  const encoder = new TextEncoder();
  for (const row of rows) {
    if (!row.payout) continue;
    const key = routeKey(row.payout);
    const bytes = encoder.encode(JSON.stringify(row.payout)).length;
    let group = current.get(key);
    if (!group || key === '' || group.rows.length >= MAX_ROWS || group.bytes + bytes > MAX_BYTES) {
      group = { rows: [], bytes: 0 };
      current.set(key, group);
      groups.push(group.rows);
    }
    group.rows.push(row);
    group.bytes += bytes;
  }
  return groups;
}

function routeKey({ recipient }: PayoutItem): string {
  if (recipient.method === 'leanx') return '';
  return recipient.method === 'ewallet' ? `ewallet ${recipient.provider}` : recipient.method;
}
