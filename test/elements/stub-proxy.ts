/** One call that an element made. */
export interface ProxyCall {
  url: URL;
  method: string;
  headers: Headers;
  body: unknown;
  signal: AbortSignal | undefined;
}

/** What the stub answers: a status and a JSON body, another response, or a fault. */
export type ProxyAnswer = { status?: number; json: unknown } | Response | Error;

type Answerer = (call: ProxyCall) => ProxyAnswer | Promise<ProxyAnswer>;

/** Stands where the network would be: replaces `fetch` of a window and records the calls. */
export class StubProxy {
  readonly calls: ProxyCall[] = [];
  #answer: Answerer;
  readonly #window: Window & typeof globalThis;
  readonly #fetch: typeof globalThis.fetch;

  constructor(answer: Answerer, target: Window & typeof globalThis = window) {
    this.#answer = answer;
    this.#window = target;
    this.#fetch = target.fetch.bind(target);
    target.fetch = async (input, init) => {
      const call: ProxyCall = {
        url: new URL(input instanceof Request ? input.url : input, target.location.href),
        method: init?.method ?? 'GET',
        headers: new Headers(init?.headers),
        body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        signal: init?.signal ?? undefined,
      };
      this.calls.push(call);
      const { signal } = call;
      const aborted = new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
      const given = await Promise.race([Promise.resolve(this.#answer(call)), aborted]);
      if (given instanceof Error) throw given;
      if (given instanceof Response) return given;
      const status = given.status ?? 200;
      return new Response(JSON.stringify(given.json), {
        status,
        headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
      });
    };
  }

  /** Answers differently from now on. */
  answer(answer: Answerer): void {
    this.#answer = answer;
  }

  restore(): void {
    this.#window.fetch = this.#fetch;
  }
}

/** A promise that the test settles. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

/** The problem document of a refused call. */
export function problem(code: string, status: number, retryable = false): ProxyAnswer {
  return {
    status,
    json: { type: `https://example.com/${code}`, title: code, status, code, detail: `<b>${code}</b>`, retryable },
  };
}
