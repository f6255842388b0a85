import { createPayouts, getPayouts, ProxyError, type ClientOptions, type ProxyErrorCode } from '../client.ts';
import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import type { PayoutStatus } from '../protocol/status.ts';

/** Whoever may not ask, or asks elsewhere, learns nothing of what was sent before. */
const SAYS_NOTHING: ReadonlySet<ProxyErrorCode> = new Set<ProxyErrorCode>([
  'forbidden',
  'forbidden-origin',
  'not-found',
  'method-not-allowed',
  'unsupported-media-type',
  'body-timeout',
  'too-many-requests',
  'bad-answer',
  'proxy-not-allowed',
]);

/** What is known of an attempt after the proxy was asked. */
export type AttemptOutcome =
  /** The proxy has taken the payout and knows where it stands. */
  | { state: 'accepted'; requestId: string; status: PayoutStatus; total: string; error?: undefined }
  /** It may have been taken. Only `check` may follow, never another attempt. */
  | {
      state: 'unknown';
      status: 'unknown';
      requestId: string | undefined;
      total: string | undefined;
      error: ProxyError | undefined;
    }
  /** It was not taken. */
  | { state: 'refused'; error: ProxyError; requestId?: undefined };

/**
 * One payout on its way to the proxy. The idempotency key is made once and goes with every try, so that the proxy pays
 * once however often the answer is lost.
 */
export class PayoutAttempt {
  readonly request: CreatePayoutsRequest;
  readonly #key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  readonly #body: string;
  #requestId: string | undefined;
  #total: string | undefined;

  constructor(request: CreatePayoutsRequest) {
    this.request = request;
    this.#body = JSON.stringify(request);
  }

  /** Whether the attempt is for exactly this request. */
  isFor(request: CreatePayoutsRequest): boolean {
    return JSON.stringify(request) === this.#body;
  }

  /** Sends the payout, or sends it again as the same attempt. */
  async send(client: ClientOptions): Promise<AttemptOutcome> {
    try {
      const { requestId, status, total } = await createPayouts(client, this.request, this.#key);
      this.#requestId = requestId;
      this.#total = total;
      return status === 'unknown' ? this.#unknown(undefined) : { state: 'accepted', requestId, status, total };
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** Finds out what became of the payout: by its status where the proxy named one, else by the same key. */
  async check(client: ClientOptions): Promise<AttemptOutcome> {
    if (this.#requestId === undefined) {
      const outcome = await this.send(client);
      const isOpen = outcome.state === 'refused' && SAYS_NOTHING.has(outcome.error.code);
      return isOpen ? this.#unknown(outcome.error) : outcome;
    }
    try {
      const { status, total } = await getPayouts(client, this.#requestId);
      if (status === 'unknown') return this.#unknown(undefined);
      return { state: 'accepted', requestId: this.#requestId, status, total };
    } catch (error) {
      // Whatever the status route answers, it says nothing against the payout itself.
      return this.#unknown(error instanceof ProxyError ? error : undefined);
    }
  }

  #failed(error: unknown): AttemptOutcome {
    if (!(error instanceof ProxyError)) throw error;
    this.#requestId = error.problem?.requestId ?? this.#requestId;
    return error.outcome === 'unknown' ? this.#unknown(error) : { state: 'refused', error };
  }

  #unknown(error: ProxyError | undefined): AttemptOutcome {
    return { state: 'unknown', status: 'unknown', requestId: this.#requestId, total: this.#total, error };
  }
}
