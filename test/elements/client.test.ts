import { expect } from '@open-wc/testing';
import {
  checkAccount,
  createPayin,
  createPayouts,
  getPayin,
  getPayouts,
  listBanks,
  listLeanxBanks,
  ProxyError,
  type ClientOptions,
} from 'lesspay-elements';
import { problem, StubProxy } from './stub-proxy.ts';

const RECIPIENT = { method: 'leanx', bankId: 1, accountNumber: '1', holderName: 'A', recipientReference: 'r' } as const;

/** Every route: how it is called, what is sent, and the least that must come back. */
const ROUTES: [string, (options: ClientOptions) => Promise<unknown>, unknown, unknown][] = [
  ['POST /payins', (o) => createPayin(o, { order: 'A' }), { order: 'A' }, { requestId: 'r', checkoutUrl: 'https://x' }],
  ['GET /payins/a%2Fb', (o) => getPayin(o, 'a/b'), undefined, { status: 'paid', final: true }],
  [
    'POST /payouts',
    (o) =>
      createPayouts(
        o,
        { currency: 'MYR', payouts: [{ reference: 'A', amount: '1.00', recipient: RECIPIENT }] },
        'attempt-0001',
      ),
    { currency: 'MYR', payouts: [{ reference: 'A', amount: '1.00', recipient: RECIPIENT }] },
    { requestId: 'r', status: 'review' },
  ],
  ['GET /payouts/r', (o) => getPayouts(o, 'r'), undefined, { status: 'review', final: false, details: [] }],
  [
    'GET /banks?country=PH&currency=PHP',
    (o) => listBanks(o, { country: 'PH', currency: 'PHP' }),
    undefined,
    { banks: [] },
  ],
  ['GET /leanx/banks', (o) => listLeanxBanks(o), undefined, { banks: [], fetchedAt: '', stale: false }],
  [
    'POST /leanx/account-checks',
    (o) => checkAccount(o, { bankId: 1, accountNumber: '1' }),
    { bankId: 1, accountNumber: '1' },
    { state: 'match' },
  ],
];

async function failure(promise: Promise<unknown>): Promise<ProxyError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProxyError)) throw new Error(`Not a ProxyError: ${String(error)}`);
  return error;
}

describe('the client of the proxy', () => {
  let proxy: StubProxy;
  beforeEach(() => {
    proxy = new StubProxy(() => new Error('not answered'));
  });
  afterEach(() => proxy.restore());

  for (const [route, call, body, answer] of ROUTES) {
    it(`calls ${route}, and takes nothing for its answer that is none`, async () => {
      proxy.answer(() => ({ json: answer }));
      expect(await call({ proxy: '/lesspay' })).to.deep.equal(answer);
      const [sent] = proxy.calls;
      expect(`${sent!.method} ${sent!.url.pathname}${sent!.url.search}`).to.equal(route.replace(' ', ' /lesspay'));
      expect(sent!.body).to.deep.equal(body);
      expect(sent!.headers.get('accept')).to.equal('application/json');
      expect(sent!.headers.get('idempotency-key')).to.equal(route === 'POST /payouts' ? 'attempt-0001' : null);
      for (const json of [null, [], {}, 'text', 1, { status: 1, banks: {}, state: null }]) {
        proxy.answer(() => ({ json }));
        expect((await failure(call({ proxy: '/lesspay' }))).code).to.equal('bad-answer');
      }
    });
  }

  it('says whether something may have happened', async () => {
    const cases = [
      [problem('outcome-unknown', 503, true), 'outcome-unknown', 'unknown', true],
      [problem('internal-error', 500), 'internal-error', 'unknown', false],
      [problem('invalid-recipient', 422), 'invalid-recipient', 'refused', false],
      [new Response('', { status: 404 }), 'bad-answer', 'refused', false],
      [new Response('<html>', { status: 504 }), 'bad-answer', 'unknown', true],
      [new Response('<html>', { status: 200 }), 'bad-answer', 'unknown', false],
      [new TypeError('Failed to fetch'), 'network', 'unknown', true],
    ] as const;
    for (const [answer, code, outcome, retryable] of cases) {
      proxy.answer(() => answer);
      const error = await failure(createPayin({ proxy: '/lesspay' }, { order: 'A' }));
      expect([error.name, error.code, error.outcome, error.retryable]).to.deep.equal([
        'ProxyError',
        code,
        outcome,
        retryable,
      ]);
    }
  });

  it('keeps the problem that the proxy described', async () => {
    const errors = [{ path: 'payouts.0.recipient.iban', code: 'iban-check-digits' }];
    proxy.answer(() => ({
      status: 422,
      json: { code: 'invalid-recipient', title: 'No', detail: '', status: 422, errors },
    }));
    const error = await failure(getPayouts({ proxy: '/lesspay' }, 'r'));
    expect(error.problem?.errors).to.deep.equal(errors);
    expect(error.message).to.equal('No');
  });

  it('gives up after its deadline', async () => {
    proxy.answer(() => new Promise<never>(() => undefined));
    const silent = await failure(createPayin({ proxy: '/lesspay', timeoutMs: 30 }, { order: 'A' }));
    expect([silent.code, silent.retryable, silent.outcome]).to.deep.equal(['timeout', true, 'unknown']);
  });

  it('leaves no deadline behind an answer, which would hold on to an element that has left the page', async () => {
    const running = new Set<unknown>();
    const { setTimeout: start, clearTimeout: stop } = globalThis;
    const spied = globalThis as unknown as { setTimeout: unknown; clearTimeout: unknown };
    spied.setTimeout = (task: () => void, ms: number) => {
      const timer = start(task, ms);
      if (ms === 12_345) running.add(timer);
      return timer;
    };
    spied.clearTimeout = (timer: number) => {
      running.delete(timer);
      stop(timer);
    };
    let during = 0;
    proxy.answer(() => {
      during = running.size;
      return { json: { status: 'paid', final: true } };
    });
    await getPayin({ proxy: '/lesspay', timeoutMs: 12_345 }, 'r');
    spied.setTimeout = start;
    spied.clearTimeout = stop;
    expect([during, running.size]).to.deep.equal([1, 0]);
  });

  it("ends with the caller's reason when the caller ends it", async () => {
    proxy.answer(() => new Promise<never>(() => undefined));
    const reason = new Error('left the page');
    const abort = new AbortController();
    const call = getPayin({ proxy: '/lesspay', signal: abort.signal }, 'r').catch((error: unknown) => error);
    abort.abort(reason);
    expect((await call) === reason).to.equal(true);
  });

  it('uses the fetch it is given, and never follows a redirect', async () => {
    let asked: RequestInit | undefined;
    const fetch = (_: unknown, init?: RequestInit) => {
      asked = init;
      return Promise.resolve(new Response('{"banks":[]}'));
    };
    await listLeanxBanks({ proxy: '/lesspay', fetch });
    expect([asked?.redirect, asked?.credentials, asked?.cache]).to.deep.equal(['error', 'same-origin', 'no-store']);
    expect(proxy.calls).to.have.length(0);
  });
});
