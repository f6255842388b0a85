import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How often something is asked about. */
export interface PollTiming {
  /** Before the second question. */
  firstMs: number;
  /** The longest pause. */
  maxMs: number;
  /** By how much each pause is longer than the one before. */
  factor: number;
  /** How far a pause may be off, as a share of it, so that many pages do not ask in step. */
  jitter: number;
}

/** What a polling asks, and when it has asked enough. */
export interface PollSubject {
  /** Asks once and takes the answer, or what went wrong. Never rejects. */
  ask(signal: AbortSignal): Promise<void>;
  /** Whether another answer is still of interest. */
  isOpen(): boolean;
  timing(): PollTiming;
}

/** Asks again and again, with growing pauses, while the page is seen and online. */
export class Polling implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #subject: PollSubject;
  #abort: AbortController | undefined;
  #asked: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = 0;
  #isConnected = false;
  /** While the page has no network. */
  isOffline = false;

  constructor(host: ReactiveControllerHost, subject: PollSubject) {
    this.#host = host;
    this.#subject = subject;
    host.addController(this);
  }

  /** Whether an answer is awaited. */
  get isAsking(): boolean {
    return this.#asked !== undefined;
  }

  hostConnected(): void {
    this.#isConnected = true;
    document.addEventListener('visibilitychange', this.#onReachable);
    window.addEventListener('online', this.#onReachable);
    window.addEventListener('offline', this.#onReachable);
    if (this.#abort) this.#onReachable();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    document.removeEventListener('visibilitychange', this.#onReachable);
    window.removeEventListener('online', this.#onReachable);
    window.removeEventListener('offline', this.#onReachable);
    clearTimeout(this.#timer);
  }

  /** Begins anew, with another subject; the answer to the earlier one is dropped. */
  restart(): void {
    this.stop();
    this.#abort = new AbortController();
    this.#pauseMs = 0;
    this.#askOrRest();
  }

  /** Asks no more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = this.#asked = undefined;
  }

  /** Asks at once, unless an answer is on its way; resolves when it is taken. */
  async ask(): Promise<void> {
    const { signal } = this.#abort ?? {};
    if (signal) await (this.#asked ??= this.#ask(signal));
  }

  async #ask(signal: AbortSignal): Promise<void> {
    clearTimeout(this.#timer);
    this.#host.requestUpdate();
    await this.#subject.ask(signal);
    if (signal.aborted) return;
    this.#asked = undefined;
    this.#host.requestUpdate();
    if (!this.#subject.isOpen()) return;
    const { firstMs, maxMs, factor, jitter } = this.#subject.timing();
    this.#pauseMs = this.#pauseMs ? Math.min(maxMs, this.#pauseMs * factor) : firstMs;
    const off = 1 + jitter * (2 * Math.random() - 1);
    this.#timer = setTimeout(() => this.#askOrRest(), this.#pauseMs * off);
  }

  /** The page came into view or went out of it, or the network did. */
  readonly #onReachable = (): void => {
    this.#pauseMs = 0;
    this.#askOrRest();
  };

  #askOrRest(): void {
    clearTimeout(this.#timer);
    const isOffline = !navigator.onLine;
    if (isOffline !== this.isOffline) {
      this.isOffline = isOffline;
      this.#host.requestUpdate();
    }
    if (isOffline || document.hidden || !this.#isConnected || !this.#subject.isOpen()) return;
    void this.ask();
  }
}
