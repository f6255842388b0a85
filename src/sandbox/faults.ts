import { createChance } from './chance.ts';

/**
 * What goes wrong with a request. `accept-then-…`: the order is taken and the answer is lost; `accept-late`: it is taken
 * `delayMs` later, when the caller may be gone, and no answer comes.
 */
export type FaultKind =
  | 'hang'
  | 'reset'
  | '502'
  | '503'
  | 'html'
  | 'garbage'
  | 'redirect'
  | 'slow'
  | 'accept-late'
  | 'accept-then-hang'
  | 'accept-then-reset'
  | 'accept-then-502'
  | 'accept-then-html';

/** A fault for the next requests to an endpoint. */
export interface Fault {
  /** The endpoint, or the end of its path (`pay/create-order`). Default: every upstream endpoint. */
  path?: string | undefined;
  /** How many requests it hits. Default 1. */
  times?: number | undefined;
  how: FaultKind;
  /** For `slow` and `accept-late`: how long it takes. Default 2000. */
  delayMs?: number | undefined;
}

/** Faults that come by chance, until they are called off. */
export interface RequestStorm {
  /** The share of requests that something happens to, from 0 to 1. */
  rate: number;
  /** What may happen. Default: every kind. */
  kinds?: readonly FaultKind[] | undefined;
  /** For `slow` and `accept-late`: the longest time it takes. Default 2000. */
  maxDelayMs?: number | undefined;
}

/** The connection ended without an answer. A server adapter destroys the socket; a caller of `fetch` sees the rejection itself. */
export class ConnectionReset extends TypeError {
  override readonly name = 'ConnectionReset';

  constructor() {
    super('fetch failed: the sandbox reset the connection, as control.fail asked.');
  }
}

const FAULT_KINDS: ReadonlySet<string> = new Set<FaultKind>([
  ...(['hang', 'reset', '502', '503', 'html', 'garbage', 'redirect', 'slow', 'accept-late'] as const),
  ...(['accept-then-hang', 'accept-then-reset', 'accept-then-502', 'accept-then-html'] as const),
]);

/** All kinds, for the console's menu. */
export const faultKinds = [...FAULT_KINDS] as readonly FaultKind[];

/** A fault in the queue, with its defaults filled in. */
export interface QueuedFault {
  readonly path: string;
  times: number;
  readonly how: FaultKind;
  readonly delayMs: number;
}

/** The queue of faults still to come. */
export interface Faults {
  add(fault: Fault): void;
  /** Answers a request, through a fault if one is waiting for its path. */
  apply(request: Request, path: string, answer: () => Response): Promise<Response>;
  readonly waiting: readonly Readonly<QueuedFault>[];
  /** Lets faults come by chance to every request that none is waiting for; `undefined` ends it. */
  storm(storm: (RequestStorm & { seed: number }) | undefined): void;
  clear(): void;
}

const BAD_GATEWAY_HTML =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

function htmlPage(status: number): Response {
  return new Response(BAD_GATEWAY_HTML, { status, headers: { 'content-type': 'text/html' } });
}

/** Never answers; rejects when the caller gives up. */
function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const giveUp = () => {
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return Promise.race([new Promise<void>((resolve) => setTimeout(resolve, ms)), hang(signal)]);
}

/** Requests that wait: Node follows the signal of a request only for as long as someone holds the request itself. */
const held = new Set<Request>();

async function play(fault: QueuedFault, request: Request, answer: () => Response): Promise<Response> {
  held.add(request);
  try {
    return await playHeld(fault, request.signal, answer);
  } finally {
    held.delete(request);
  }
}

async function playHeld(fault: QueuedFault, signal: AbortSignal, answer: () => Response): Promise<Response> {
  let how: string = fault.how;
  if (how.startsWith('accept-then-')) {
    answer();
    how = how.slice('accept-then-'.length);
  }
  switch (how) {
    case 'hang':
      return hang(signal);
    case 'reset':
      throw new ConnectionReset();
    case '502':
    case '503':
      return htmlPage(Number(how));
    case 'html':
      return htmlPage(200);
    case 'garbage':
      return new Response('{"code":0,"msg":"SUC', { headers: { 'content-type': 'application/json' } });
    case 'accept-late':
      // The request lies in some queue: that its caller has gone stops nothing.
      setTimeout(answer, fault.delayMs).unref();
      return hang(signal);
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: 'https://redirected.invalid/' } });
    default:
      await wait(fault.delayMs, signal);
      return answer();
  }
}

function createByChance({
  seed,
  rate,
  kinds = faultKinds,
  maxDelayMs = 2000,
}: RequestStorm & { seed: number }): (path: string) => QueuedFault | undefined {
  const chance = createChance(seed);
  const unknown = kinds.find((kind) => !FAULT_KINDS.has(kind));
  if (unknown !== undefined) throw new TypeError(`control.storm: unknown kind: ${unknown}`);
  if (!(rate >= 0 && rate <= 1)) throw new TypeError('control.storm: "rate" must be a number from 0 to 1.');
  return (path) => {
    // All are drawn every time, so that the nth request meets the nth fault whatever became of the others.
    const [isStruck, which, how] = [chance() < rate, chance(), chance()];
    const kind = kinds[Math.floor(which * kinds.length)];
    return isStruck && kind !== undefined ? { path, times: 1, how: kind, delayMs: how * maxDelayMs } : undefined;
  };
}

/** Creates an empty queue of faults. */
export function createFaults(): Faults {
  let waiting: QueuedFault[] = [];
  let byChance: (path: string) => QueuedFault | undefined = () => undefined;
  return {
    get waiting() {
      return waiting;
    },
    add({ path = '', times = 1, how, delayMs = 2000 }) {
      if (!FAULT_KINDS.has(how)) throw new TypeError(`control.fail: unknown "how": ${how}`);
      if (!Number.isInteger(times) || times < 1) throw new TypeError('control.fail: "times" must be 1 or more.');
      waiting.push({ path, times, how, delayMs });
    },
    async apply(request, path, answer) {
      const fault = waiting.find((candidate) => path.endsWith(candidate.path));
      if (!fault) {
        const struck = byChance(path);
        return struck ? play(struck, request, answer) : answer();
      }
      fault.times -= 1;
      waiting = waiting.filter((candidate) => candidate.times > 0);
      return play(fault, request, answer);
    },
    storm(storm) {
      byChance = storm ? createByChance(storm) : () => undefined;
    },
    clear() {
      waiting = [];
      byChance = () => undefined;
    },
  };
}
