/** One upstream request as it came in. */
export interface ReceivedRequest {
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** Without the sandbox's own prefix. */
  readonly path: string;
  /** The query, with its question mark. */
  readonly search: string;
  /** Lower-case names; signatures and tokens are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
  /** The body parsed, where it is JSON. */
  readonly body: unknown;
  /** What was answered; undefined while it is under way, and when a fault swallowed the answer. */
  readonly status: number | undefined;
  /** `code` or `response_code` of the answer. */
  readonly code: number | undefined;
}

/** What was received, oldest first. */
export interface RequestLog {
  /** Notes a request; the returned function notes its answer. */
  add(
    request: Request,
    place: { path: string; search: string; at: number },
    text: string,
  ): (answer: Response) => Promise<void>;
  readonly entries: readonly ReceivedRequest[];
}

const MAX_ENTRIES = 500;
const MASKED_HEADERS = new Set(['x-auth-signature', 'x-signature', 'auth-token', 'authorization', 'cookie']);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Creates an empty log that keeps the latest 500 requests. */
export function createRequestLog(): RequestLog {
  const entries: { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] }[] = [];
  return {
    entries,
    add(request, { path, search, at }, text) {
      const entry: (typeof entries)[number] = {
        at: new Date(at).toISOString(),
        method: request.method,
        path,
        search,
        headers: Object.fromEntries(
          [...request.headers].map(([name, value]) => [
            name,
            MASKED_HEADERS.has(name) ? `${value.slice(0, 4)}…` : value,
          ]),
        ),
        text,
        body: parsed(text),
        status: undefined,
        code: undefined,
      };
      entries.push(entry);
      if (entries.length > MAX_ENTRIES) entries.shift();
      return async (answer) => {
        entry.status = answer.status;
        const content = parsed(await answer.clone().text());
        if (typeof content !== 'object' || content === null) return;
        const { code, response_code } = content as { code?: unknown; response_code?: unknown };
        const number = code ?? response_code;
        entry.code = typeof number === 'number' ? number : undefined;
      };
    },
  };
}
