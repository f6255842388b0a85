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

/** Asks again and again, with growing pauses, while the page is seen and online. */
export class Polling implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #question: (signal: AbortSignal) => Promise<void>;
  readonly #next: () => PollTiming | undefined;
  #abort: AbortController | undefined;
  #connection: AbortController | undefined;
  #asked: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = 0;

  /**
   * `question` asks once and takes the answer, or what went wrong; it never rejects. `next` tells the pauses, or nothing
   * when no further answer is of interest.
   */
  constructor(
    host: ReactiveControllerHost,
    question: (signal: AbortSignal) => Promise<void>,
    next: () => PollTiming | undefined,
  ) {
    this.#host = host;
    this.#question = question;
    this.#next = next;
    host.addController(this);
  }

  /** Whether an answer is awaited. */
  get isAsking(): boolean {
    return this.#asked !== undefined;
  }

  /** While the page has no network. */
  get isOffline(): boolean {
    return !navigator.onLine;
  }

  hostConnected(): void {
    const { signal } = (this.#connection = new AbortController());
    // The page comes into view or goes out of it, or the network does. Captured, so that the document's own is seen too.
    for (const type of ['visibilitychange', 'online', 'offline']) {
      window.addEventListener(type, () => this.#askOrRest(), { capture: true, signal });
    }
    if (this.#abort) this.#askOrRest();
  }

  hostDisconnected(): void {
    this.#connection?.abort();
    this.#connection = undefined;
    clearTimeout(this.#timer);
  }

  /** Begins anew, with another subject; the answer to the earlier one is dropped. */
  restart(): void {
    this.stop();
    this.#abort = new AbortController();
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
    if (this.#abort) await (this.#asked ??= this.#ask(this.#abort));
  }

  async #ask({ signal }: AbortController): Promise<void> {
    clearTimeout(this.#timer);
    this.#host.requestUpdate();
    await this.#question(signal);
    if (signal.aborted) return;
    this.#asked = undefined;
    this.#host.requestUpdate();
    const timing = this.#next();
    if (!timing) return;
    const { firstMs, maxMs, factor, jitter } = timing;
    this.#pauseMs = this.#pauseMs ? Math.min(maxMs, this.#pauseMs * factor) : firstMs;
    this.#timer = setTimeout(() => this.#look(), this.#pauseMs * (1 + jitter * (2 * Math.random() - 1)));
  }

  /** Begins with the short pauses again. */
  #askOrRest(): void {
    this.#pauseMs = 0;
    this.#look();
  }

  #look(): void {
    clearTimeout(this.#timer);
    // It shows whether the page is offline, and that may have changed.
    this.#host.requestUpdate();
    if (!this.isOffline && !document.hidden && this.#connection && this.#next()) void this.ask();
  }
}
