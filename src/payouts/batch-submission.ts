import { getPayouts, ProxyError, type ClientOptions, type ProxyErrorCode } from '../client.ts';
import { PayoutAttempt, type AttemptOutcome } from './payout-attempt.ts';
import type { PayoutItem } from '../protocol/messages.ts';
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

/** A request whose outcome is open, or that is not final yet. */
interface Open {
  attempt: PayoutAttempt;
  rows: readonly BatchRow[];
}

/** A payout that was taken, by its reference. */
interface Sent {
  requestId: string;
  /** The whole payout, to tell a changed one. */
  body: string;
}

/**
 * Sends the rows of batches, each request once: an attempt keeps its key however often its answer is lost, what was
 * taken is not sent again, and what was refused comes back on its row.
 */
export class BatchSubmission {
  readonly #client: () => ClientOptions;
  readonly #changed: () => void;
  /** Kept over several files: a corrected file holds the rows that were taken already. */
  readonly #sent = new Map<string, Sent>();
  #unknown: Open[] = [];
  readonly #following = new Map<string, readonly BatchRow[]>();
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

  /** Whether the outcome of some rows is open. */
  get hasUnknown(): boolean {
    return this.#unknown.length > 0;
  }

  /** Whether a request is on its way to its end. */
  get isFollowing(): boolean {
    return this.#following.size > 0;
  }

  /** Marks the rows whose reference was taken before, or may have been. */
  markSent(batch: PayoutBatch): void {
    const byReference = new Map(batch.rows.map((row) => [row.reference, row]));
    for (const open of this.#unknown) {
      open.rows = open.rows.map((row) => byReference.get(row.reference) ?? row);
      for (const row of open.rows) row.outcome ??= { state: 'unknown' };
    }
    for (const row of batch.rows) row.outcome ??= this.#earlier(row);
  }

  /** What was sent under a row's reference, however wrong the row is now. */
  #earlier(row: BatchRow): RowOutcome | undefined {
    const { requestId, body } = this.#sent.get(row.reference) ?? {};
    if (requestId === undefined) return undefined;
    return { state: 'already-sent', requestId, differs: body !== JSON.stringify(row.payout) };
  }

  /**
   * Sends rows that are ready. Never rejects: what went wrong is told on the rows. Where nobody may send, or no answer
   * comes through, it stops, so that the fewest rows are left in the open.
   */
  async send(currency: string, rows: readonly BatchRow[]): Promise<void> {
    this.#splits = 0;
    this.progress = 0;
    this.halted = undefined;
    for (const row of rows) row.outcome = this.#earlier(row) ?? { state: 'sending' };
    const groups = groupsOf(rows.filter(({ outcome }) => outcome?.state === 'sending'));
    let done = 0;
    this.#changed();
    for (const group of groups) {
      await this.#sendGroup(currency, group);
      done += group.length;
      this.progress = done / rows.length;
      this.#changed();
    }
  }

  /** Asks what became of the rows whose outcome is open; sends nothing that was not sent before. */
  async check(): Promise<void> {
    const open = this.#unknown;
    this.#unknown = [];
    this.halted = undefined;
    for (const { attempt, rows } of open) await this.#settle(attempt, rows, await attempt.check(this.#client()));
    this.#changed();
  }

  /** Asks how the requests that were taken fare, and puts the answer on their rows. */
  async follow(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (const [requestId, rows] of [...this.#following].slice(0, MAX_ASKED)) await this.#ask(requestId, rows);
    } finally {
      this.#isAsking = false;
    }
    this.#changed();
  }

  async #ask(requestId: string, rows: readonly BatchRow[]): Promise<void> {
    // To the end of the queue, until it is final.
    this.#following.delete(requestId);
    this.#following.set(requestId, rows);
    try {
      const { details, final } = await getPayouts(this.#client(), requestId);
      const byReference = new Map(details.map((detail) => [detail.reference, detail]));
      for (const row of rows) {
        const detail = byReference.get(row.payout?.reference ?? '');
        if (!detail || row.outcome?.requestId !== requestId) continue;
        // Only of a request that has ended does the proxy pay a failed part again.
        if (final && FAILED.has(detail.status)) {
          row.outcome = { state: 'refused', requestId, status: detail.status, code: detail.failure };
          // It did not move any money, so the same reference may be paid again.
          this.#sent.delete(detail.reference);
        } else {
          row.outcome = { ...row.outcome, status: detail.status };
        }
      }
      if (final) this.#following.delete(requestId);
    } catch (error) {
      // Not being able to ask says nothing against the payouts.
      if (!(error instanceof ProxyError)) throw error;
    }
  }

  async #sendGroup(currency: string, rows: readonly BatchRow[]): Promise<void> {
    if (rows.length === 0) return;
    if (this.halted !== undefined) {
      mark(rows, undefined);
      return;
    }
    const payouts = rows.flatMap(({ payout }) => (payout ? [payout] : []));
    const attempt = new PayoutAttempt({ currency, payouts });
    await this.#settle(attempt, rows, await attempt.send(this.#client()));
  }

  async #settle(attempt: PayoutAttempt, rows: readonly BatchRow[], outcome: AttemptOutcome): Promise<void> {
    switch (outcome.state) {
      case 'accepted': {
        const { requestId, status } = outcome;
        mark(rows, { state: 'accepted', requestId, status });
        for (const { payout } of rows) {
          if (payout) this.#sent.set(payout.reference, { requestId, body: JSON.stringify(payout) });
        }
        if (!isFinal(status) || FAILED.has(status) || status === 'partly-succeeded') this.#follow(requestId, rows);
        break;
      }
      case 'unknown':
        mark(rows, { state: 'unknown', requestId: outcome.requestId });
        this.#unknown.push({ attempt, rows });
        this.halted ??= outcome.error?.code;
        break;
      case 'refused':
        if (SHUT.has(outcome.error.code)) {
          mark(rows, undefined);
          this.halted = outcome.error.code;
        } else await this.#refuse(attempt.request.currency, rows, outcome.error);
    }
    this.#changed();
  }

  #follow(requestId: string, rows: readonly BatchRow[]): void {
    this.#following.set(requestId, [...(this.#following.get(requestId) ?? []), ...rows]);
  }

  /** A refused request has sent nothing: what it named comes back on its row, the rest is sent without it. */
  async #refuse(currency: string, rows: readonly BatchRow[], { code, problem }: ProxyError): Promise<void> {
    const named = byRow(problem?.errors ?? []);
    const others = rows.filter((_, index) => named.has(index));
    const rest = rows.filter((_, index) => !named.has(index));
    if (isOtherRoute(named)) {
      // All but the first: the channel takes one payout per request.
      const parts = rest.length === 1 ? rows.map((row) => [row]) : [rest, others];
      for (const part of parts) await this.#sendGroup(currency, part);
      return;
    }
    if (named.size > 0 && rest.length > 0) {
      for (const [index, error] of named) this.#blame(rows[index], code, problem, error);
      await this.#sendGroup(currency, rest);
      return;
    }
    if (this.#mayHideOne(rows, problem)) {
      this.#splits += 1;
      const half = Math.ceil(rows.length / 2);
      await this.#sendGroup(currency, rows.slice(0, half));
      await this.#sendGroup(currency, rows.slice(half));
      return;
    }
    for (const [index, row] of rows.entries()) this.#blame(row, code, problem, named.get(index));
  }

  /** Whether the platform refused one payout of several without saying which. */
  #mayHideOne(rows: readonly BatchRow[], problem: Problem | undefined): boolean {
    const isAboutOne = problem?.errors?.some(({ path }) => path === 'payouts') ?? false;
    return rows.length > 1 && isAboutOne && this.#splits < MAX_SPLITS;
  }

  #blame(
    row: BatchRow | undefined,
    problemCode: string,
    problem: Problem | undefined,
    error: { field: BatchField | undefined; code: string } | undefined,
  ): void {
    if (!row) return;
    const { requestId, upstreamCode } = problem ?? {};
    if (problemCode === 'duplicate-payout') {
      row.outcome = { state: 'already-sent', requestId };
      // It may have failed meanwhile, or do so yet.
      if (requestId !== undefined) this.#follow(requestId, [row]);
      return;
    }
    const code = error?.code === 'upstream-refused' || !error ? problemCode : error.code;
    row.outcome = { state: 'refused', code, upstreamCode, field: error?.field };
  }
}

function isOtherRoute(named: ReadonlyMap<number, { code: string }>): boolean {
  return named.size > 0 && [...named.values()].every(({ code }) => code === 'other-route');
}

function mark(rows: readonly BatchRow[], outcome: RowOutcome | undefined): void {
  for (const row of rows) row.outcome = outcome;
}

/** The first error of each payout: `payouts.3.recipient.iban` is about the IBAN of the fourth. */
function byRow(errors: readonly FieldError[]): Map<number, { field: BatchField | undefined; code: string }> {
  const named = new Map<number, { field: BatchField | undefined; code: string }>();
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
  for (const row of rows) {
    if (!row.payout) continue;
    const key = routeKey(row.payout);
    const bytes = new TextEncoder().encode(JSON.stringify(row.payout)).length;
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
