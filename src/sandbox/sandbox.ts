import { createCashier } from './cashier.ts';
import { createClock } from './clock.ts';
import { createConsole } from './console.ts';
import { createControl, type SandboxControl } from './control.ts';
import { createDelivery } from './delivery.ts';
import { createFaults } from './faults.ts';
import { createLeanx } from './leanx.ts';
import { admitLesspay } from './lesspay-gate.ts';
import { readOptions, type SandboxOptions } from './options.ts';
import { seeOther, stylesheet, STYLESHEET_PATH } from './page.ts';
import { createPayins, INVALID_PAYIN_PARAMETER } from './payin.ts';
import { createPayouts, INVALID_PAYOUT_PARAMETER } from './payout.ts';
import { Refusal } from './refusal.ts';
import { createRequestLog } from './request-log.ts';

/** The fake upstreams. */
export interface Sandbox {
  /** Answers a request as both upstreams, the cashier and the console; has the shape of the global `fetch`. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  readonly control: SandboxControl;
}

/** No documented request comes near it; the limit keeps a mistake from filling the memory. */
const MAX_BODY_LENGTH = 1024 * 1024;

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Creates the fake Lesspay and LeanX, in memory. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const settings = readOptions(options);
  const clock = createClock(settings.now);
  const delivery = createDelivery(settings, clock);
  const faults = createFaults();
  const requests = createRequestLog();
  const payins = createPayins(settings, clock, delivery);
  const payouts = createPayouts(settings, clock, delivery);
  const leanx = settings.leanx && createLeanx(settings, clock, delivery);
  const control = createControl({ clock, delivery, faults, payins, payouts, leanx, requests });
  const cashier = createCashier(settings, clock, payins);
  const pages = createConsole(control, faults);

  const prefix = settings.baseUrl === undefined ? '' : new URL(settings.baseUrl).pathname.replace(/\/$/, '');

  type Body = Record<string, unknown>;
  interface Endpoint {
    /** The code for what has none of its own, also where the body cannot be read. */
    readonly invalidCode: number;
    readonly run: (body: Body, base: string) => unknown;
  }
  const payinEndpoint = (run: Endpoint['run']): Endpoint => ({ invalidCode: INVALID_PAYIN_PARAMETER, run });
  const payoutEndpoint = (run: Endpoint['run']): Endpoint => ({ invalidCode: INVALID_PAYOUT_PARAMETER, run });
  const endpoints: ReadonlyMap<string, Endpoint> = new Map([
    ['/api/global/v1/pay/create-order', payinEndpoint((body, base) => payins.create(body, base))],
    ['/api/global/v1/pay/query-order', payinEndpoint((body) => payins.query(body))],
    ['/api/global/payout/batch/create-order', payoutEndpoint((body) => payouts.createBatch(body))],
    ['/api/global/payout/create-order', payoutEndpoint((body) => payouts.createSingle(body))],
    ['/api/global/payout/query', payoutEndpoint((body) => payouts.query(body))],
    ['/api/global/payout/bank', payoutEndpoint((body) => payouts.banks(body))],
    ['/api/global/payout/balance', payoutEndpoint((body) => payouts.balance(body))],
    ['/api/global/payout/triggerNotify', payoutEndpoint((body) => payouts.triggerNotify(body))],
  ]);

  function answerLesspay(request: Request, path: string, text: string, base: string): Response {
    try {
      const endpoint = endpoints.get(path);
      if (!endpoint) throw new Refusal(404, 'not found', 404);
      const body = admitLesspay(request, text, { settings, clock, invalidCode: endpoint.invalidCode });
      // Fetch Payout prints two reserved strings beside `data`.
      return json({ code: 0, msg: 'SUCCESS', data: endpoint.run(body, base), encryptData: '', sign: '' });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return json({ code: error.code, msg: error.message, data: null }, error.httpStatus);
    }
  }

  async function answerUpstream(request: Request, url: URL, path: string, base: string): Promise<Response> {
    const text = await request.text();
    if (text.length > MAX_BODY_LENGTH) return json({ code: 413, msg: 'body too large', data: null }, 413);
    const noteAnswer = requests.add(request, { path, search: url.search, at: clock.now() }, text);
    const answer = await faults.apply(request, path, () => {
      if (!path.startsWith('/api/v1/merchant/') || !leanx) return answerLesspay(request, path, text, base);
      const place = { path, signedPath: url.pathname, search: url.searchParams };
      const { status, envelope } = leanx.answer(request, place, text);
      return json(envelope, status);
    });
    await noteAnswer(answer);
    return answer;
  }

  return {
    control,
    async fetch(input, init) {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init);
      const url = new URL(request.url);
      // A server that mounts the sandbox may have taken the prefix off already.
      const inside = prefix !== '' && (url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
      const path = inside ? url.pathname.slice(prefix.length) : url.pathname;
      const base = settings.baseUrl ?? url.origin;
      const place = { prefix, origin: new URL(base).origin };

      if (path.startsWith('/api/')) return answerUpstream(request, url, path, base);
      if (path === STYLESHEET_PATH) return stylesheet();
      const [, token] = /^\/cashier\/([^/]+)$/.exec(path) ?? [];
      if (token !== undefined) return cashier.answer(request, token, place);
      if (path === '/console' || path.startsWith('/console/')) return pages.answer(request, path, place);
      if (path === '/' || path === '') return seeOther(`${prefix}/console`);
      return new Response('Not found\n', { status: 404, headers: { 'content-type': 'text/plain' } });
    },
  };
}
