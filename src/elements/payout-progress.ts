import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ClientOptions } from '../client.ts';
import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import { isFinal } from '../protocol/status.ts';
import { PayoutAttempt, type AttemptOutcome } from '../payouts/payout-attempt.ts';

/** What the form is doing: being filled, being looked over, on its way, or where the payout then stands. */
export type RecipientFormStep = 'edit' | 'review' | 'sending' | 'accepted' | 'unknown';

const STATUS_EVERY_MS = 15_000;

/** One payout from its review to its end: one attempt under one key, what is known of it, and how it fares then. */
export class PayoutProgress implements ReactiveController {
  step: RecipientFormStep = 'edit';
  /** What is known since the proxy was asked. */
  outcome: AttemptOutcome | undefined;
  /** Asking again about an unknown outcome has brought nothing new. */
  isUnchanged = false;
  #attempt: PayoutAttempt | undefined;
  #hasEnded = false;
  #running: Promise<AttemptOutcome | undefined> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  readonly #host: ReactiveControllerHost & Node;
  readonly #client: () => ClientOptions;
  readonly #settle: (outcome: AttemptOutcome, before: AttemptOutcome | undefined) => void;

  /** `settle` is told every answer, together with what was known before it. */
  constructor(
    host: ReactiveControllerHost & Node,
    client: () => ClientOptions,
    settle: (outcome: AttemptOutcome, before: AttemptOutcome | undefined) => void,
  ) {
    this.#host = host;
    this.#client = client;
    this.#settle = settle;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    clearTimeout(this.#later);
  }

  /** What was or is being sent. */
  get request(): CreatePayoutsRequest | undefined {
    return this.#attempt?.request;
  }

  /** Whether an answer is awaited. */
  get isAsking(): boolean {
    return this.#running !== undefined;
  }

  /** Forgets the payout, for another one. */
  clear(): void {
    this.step = 'edit';
    this.#attempt = this.outcome = undefined;
    clearTimeout(this.#later);
  }

  /** Takes note that the payout was refused; what another entry may cure is a new attempt from then on. */
  refused(isCurable: boolean, isRetryable: boolean): void {
    this.step = isCurable ? 'edit' : 'review';
    this.#hasEnded = isCurable && !isRetryable;
  }

  /**
   * Sends what `next` gives: once, however often it is called, and under one key for as long as it is the same payout.
   * After an unknown outcome it asks about that payout instead.
   */
  submit(next: () => CreatePayoutsRequest | undefined): Promise<AttemptOutcome | undefined> {
    // Taken in the same tick as the click: a second click finds the first one's promise.
    this.#running ??= this.#submit(next).finally(() => {
      this.#running = undefined;
      this.#host.requestUpdate();
    });
    return this.#running;
  }

  async #submit(next: () => CreatePayoutsRequest | undefined): Promise<AttemptOutcome | undefined> {
    const before = this.outcome;
    const { step } = this;
    if (step === 'accepted') return before;
    const isOpen = step === 'unknown';
    if (!isOpen) {
      const request = next();
      if (!request) return undefined;
      if (!this.#attempt?.isFor(request) || this.#hasEnded) this.#attempt = new PayoutAttempt(request);
      this.#hasEnded = false;
      this.outcome = undefined;
      this.step = 'sending';
    }
    this.#host.requestUpdate();
    const outcome = await this.#attempt?.[isOpen ? 'check' : 'send'](this.#client());
    if (!outcome) return undefined;
    this.outcome = outcome;
    this.isUnchanged = step === outcome.state;
    if (outcome.state !== 'refused') this.step = outcome.state;
    this.#settle(outcome, before);
    this.#follow();
    return outcome;
  }

  /** Asks how an accepted payout fares. */
  async update(): Promise<void> {
    const attempt = this.#attempt;
    const outcome = await attempt?.check(this.#client());
    // A lost answer does not take back what is known already.
    if (outcome?.state === 'accepted' && attempt === this.#attempt) {
      this.outcome = outcome;
      this.#host.requestUpdate();
    }
    this.#follow();
  }

  /** Asks from time to time, while someone can see it. */
  #follow(): void {
    clearTimeout(this.#later);
    const { outcome } = this;
    if (!this.#host.isConnected || outcome?.state !== 'accepted' || isFinal(outcome.status)) return;
    this.#later = setTimeout(() => {
      if (document.hidden) this.#follow();
      else void this.update();
    }, STATUS_EVERY_MS);
  }
}
