/** What an element asked the proxy. */
export interface Asked {
  /** The route, without the base path: `/payouts`. */
  path: string;
  method: string;
  body: unknown;
}

/** Stands where the proxy would be. */
export type Answer = (asked: Asked) => Response | Promise<Response>;

/** A JSON answer of the proxy. */
export const reply = (json: object, status = 200): Response => Response.json(json, { status });

/** A refusal as the proxy words it: RFC 9457 with a code of the closed list. */
export const refusal = (code: string, status: number, more: object = {}): Response =>
  new Response(
    JSON.stringify({
      type: `https://lesspay-elements.example/problems/${code}`,
      title: code,
      detail: code,
      status,
      code,
      retryable: status >= 500,
      ...more,
    }),
    { status, headers: { 'content-type': 'application/problem+json' } },
  );

/** No answer, ever: not even the caller's deadline ends it, so that a waiting state stays for as long as one looks. */
export const silence = (): Promise<Response> => new Promise(() => undefined);

/** What `fetch` does where the network fails. */
export const cutOff = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

/** The first answer, and another one from then on. */
export function onceThen(first: Answer, later: Answer): Answer {
  let isFirst = true;
  return (asked) => {
    const answer = isFirst ? first : later;
    isFirst = false;
    return answer(asked);
  };
}

/** The base path that the gallery's elements are given. */
export const PROXY = '/lesspay';

/** A `fetch` that asks nobody but `answer`. */
export function fetchFrom(answer: Answer): typeof globalThis.fetch {
  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, document.baseURI);
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    return answer({ path: pathname.slice(PROXY.length), method: init?.method ?? 'GET', body });
  };
}
