import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-payout-status';
import type {
  LesspayErrorEvent,
  LesspayPayoutSettledEvent,
  LesspayPayoutStatus,
  PayoutDetail,
  PayoutFailure,
  PayoutStatus,
} from 'lesspay-elements';
import { wordsOf } from './shadow-controls.ts';
import { deferred, problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const REQUEST_ID = 'q7m2kd94xt0cwz8n5hbr';
const OPEN: readonly PayoutStatus[] = ['review', 'processing', 'unknown'];
const ALL: readonly PayoutStatus[] = [
  ...OPEN,
  'succeeded',
  'partly-succeeded',
  'failed',
  'canceled',
  'refunded',
  'closed',
];
const detail = (reference: string, status: PayoutStatus, failure?: PayoutFailure): PayoutDetail => ({
  reference,
  amount: '10.00',
  status,
  ...(failure === undefined ? {} : { failure }),
});
const said = (status: PayoutStatus, details: PayoutDetail[] = [detail('R-1', status)]): ProxyAnswer => ({
  json: { requestId: REQUEST_ID, status, final: !OPEN.includes(status), total: '20.00', currency: 'PHP', details },
});
const QUICK = { firstMs: 20, maxMs: 60, factor: 2, jitter: 0 };
const NEVER = { firstMs: 60_000, maxMs: 60_000, factor: 1, jitter: 0 };

const part = (element: LesspayPayoutStatus, name: string) =>
  wordsOf(element.renderRoot.querySelector(`[part="${name}"]`));
const rows = (element: LesspayPayoutStatus) => [...element.renderRoot.querySelectorAll('tbody tr')].map(wordsOf);
const live = (element: LesspayPayoutStatus) => wordsOf(element.renderRoot.querySelector('[role=status]'));

describe('<lesspay-payout-status>', () => {
  let proxy: StubProxy;

  beforeEach(async () => {
    proxy = new StubProxy(() => said('review'));
    await setViewport({ width: 900, height: 800 });
  });
  afterEach(() => proxy.restore());

  async function following(pollTiming = NEVER, id = REQUEST_ID) {
    const element = await fixture<LesspayPayoutStatus>(
      html`<lesspay-payout-status lang="en" request-id=${id} .pollTiming=${pollTiming}></lesspay-payout-status>`,
    );
    await waitUntil(() => part(element, 'headline') !== 'Looking for the payout');
    return element;
  }

  it('passes the accessibility audit in every state', async () => {
    const first = deferred<ProxyAnswer>();
    proxy.answer(() => first.promise);
    const waiting = await fixture<LesspayPayoutStatus>(
      html`<lesspay-payout-status request-id=${REQUEST_ID} .pollTiming=${NEVER}></lesspay-payout-status>`,
    );
    await expect(waiting).to.be.accessible();
    first.resolve(said('review'));
    for (const status of ALL) {
      proxy.answer(() => said(status, [detail('R-1', status, 'channel-failed'), detail('R-2', 'succeeded')]));
      await expect(await following()).to.be.accessible();
    }
    proxy.answer(() => problem('payout-not-found', 404));
    await expect(await following()).to.be.accessible();
    proxy.answer(() => problem('forbidden', 403));
    await expect(await following()).to.be.accessible();
  });

  it('says that a review takes its time, and follows it to the end', async () => {
    const element = await following(QUICK);
    expect(part(element, 'headline')).to.equal('In review');
    expect(part(element, 'text')).to.equal('Lesspay reviews payouts by hand; you will see it here.');
    proxy.answer(() => said('succeeded'));
    const settled = await oneEvent<LesspayPayoutSettledEvent>(element, 'lesspay-payout-settled');
    expect([settled.status, settled.total, settled.currency]).to.deep.equal(['succeeded', '20.00', 'PHP']);
    await element.updateComplete;
    expect(part(element, 'headline')).to.equal('Completed');
    const asked = proxy.calls.length;
    await new Promise((done) => setTimeout(done, 120));
    expect(proxy.calls.length).to.equal(asked, 'a final status is not asked about again');
  });

  it('shows each payout with the reason where one failed', async () => {
    proxy.answer(() =>
      said('partly-succeeded', [detail('R-1', 'succeeded'), detail('R-2', 'failed', 'channel-failed')]),
    );
    const element = await following();
    expect(rows(element)).to.deep.equal([
      'R-1 Completed ₱10.00',
      'R-2 Failed The recipient’s bank or wallet refused it. Check the account and the name, then send it again. ₱10.00',
    ]);
    element.renderRoot.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    await element.updateComplete;
    expect(rows(element).length).to.equal(1);
  });

  it('announces the whole in one sentence, and only when something changed', async () => {
    const many = (done: number) =>
      said(
        'processing',
        Array.from({ length: 12 }, (_, index) => detail(`R-${index}`, index < done ? 'succeeded' : 'processing')),
      );
    proxy.answer(() => many(0));
    const element = await following();
    expect(live(element)).to.equal('On its way. 0 of 12 completed.');
    proxy.answer(() => many(3));
    await element.check();
    expect(live(element)).to.equal('On its way. 3 of 12 completed.');
    let events = 0;
    element.addEventListener('lesspay-payout-status', () => (events += 1));
    await element.check();
    expect(events).to.equal(0);
  });

  it('never calls lost answers a failure, and keeps what it knows', async () => {
    const element = await following();
    proxy.answer(() => new TypeError('network'));
    await element.check();
    expect(part(element, 'headline')).to.equal('In review');
    expect(wordsOf(element.renderRoot)).to.contain('The last answer was lost. We keep asking.');
    proxy.answer(() => said('succeeded'));
    await element.check();
    expect(part(element, 'headline')).to.equal('Completed');
  });

  it('tells when there is no such payout, or it may not be seen', async () => {
    proxy.answer(() => problem('payout-not-found', 404));
    expect(part(await following(), 'headline')).to.equal('We could not find this payout');
    proxy.answer(() => problem('forbidden', 403));
    expect(part(await following(), 'headline')).to.equal('You may not see this payout');
    const element = await fixture<LesspayPayoutStatus>(html`<lesspay-payout-status></lesspay-payout-status>`);
    setTimeout(() => (element.requestId = '../payins/x'));
    const { code } = await oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
    expect(code).to.equal('request-id-invalid');
    expect(proxy.calls.filter(({ url }) => url.pathname.includes('payins'))).to.deep.equal([]);
  });

  it('can be asked again by whoever has signed in', async () => {
    proxy.answer(() => problem('forbidden', 403));
    const element = await following(QUICK);
    const asked = proxy.calls.length;
    await new Promise((done) => setTimeout(done, 120));
    expect(proxy.calls.length).to.equal(asked, 'a refusal is not asked about again by itself');
    proxy.answer(() => said('succeeded'));
    element.renderRoot.querySelector('button')?.click();
    await waitUntil(() => part(element, 'headline') === 'Completed');
  });

  it('draws many payouts a part at a time', async () => {
    proxy.answer(() =>
      said(
        'processing',
        Array.from({ length: 130 }, (_, index) => detail(`R-${index}`, 'processing')),
      ),
    );
    const element = await following();
    expect(rows(element).length).to.equal(50);
    const more = [...element.renderRoot.querySelectorAll('button')].find((own) => wordsOf(own) === 'Show 50 more');
    more?.click();
    await element.updateComplete;
    expect(rows(element).length).to.equal(100);
    expect(wordsOf(element.renderRoot)).to.contain('Show 30 more');
    expect(wordsOf(element.shadowRoot?.activeElement)).to.equal('R-50', 'reading goes on where the new part begins');
  });

  it('draws a request of 10,000 payouts in a moment', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      detail(`R-${index}`, index % 3 === 0 ? 'failed' : 'succeeded', index % 3 === 0 ? 'account-invalid' : undefined),
    );
    proxy.answer(() => said('partly-succeeded', many));
    const element = await following();
    expect(rows(element).length).to.equal(50);
    const start = performance.now();
    element.renderRoot.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    await element.updateComplete;
    expect(performance.now() - start).to.be.below(200);
    expect(rows(element).every((row) => row.includes('Failed'))).to.equal(true);
  });

  it('says for every reason what to do about it', async () => {
    const reasons: readonly PayoutFailure[] = [
      'review-rejected',
      'account-invalid',
      'name-mismatch',
      'balance-insufficient',
      'limit-exceeded',
      'bank-unavailable',
      'channel-failed',
      'canceled',
      'refunded',
      'closed',
    ];
    proxy.answer(() =>
      said(
        'failed',
        reasons.map((reason) => detail('R', 'failed', reason)),
      ),
    );
    const element = await following();
    const texts = [...element.renderRoot.querySelectorAll('.reason')].map(wordsOf);
    expect(new Set(texts).size).to.equal(reasons.length);
    for (const text of texts) expect(text).to.match(/again|another/);
  });

  it('passes the focus of “Check now” on to the result that takes its place', async () => {
    const element = await following();
    proxy.answer(() => said('succeeded'));
    const button = element.renderRoot.querySelector<HTMLButtonElement>('button');
    button?.focus();
    button?.click();
    await waitUntil(() => element.settled);
    await element.updateComplete;
    expect(wordsOf(element.shadowRoot?.activeElement)).to.equal('Completed');
  });

  it('takes a status that it does not know for one that is not known', async () => {
    proxy.answer(() => said('paid-by-pigeon' as PayoutStatus));
    const element = await following();
    expect([element.status, part(element, 'headline')]).to.deep.equal(['unknown', 'Outcome not known yet']);
  });

  it('follows the request that the page’s own address names, by the page’s own fetch', async () => {
    const before = location.href;
    history.replaceState(undefined, '', `?request_id=${REQUEST_ID}`);
    const asked: string[] = [];
    const own: typeof fetch = (input) => {
      asked.push(input instanceof Request ? input.url : String(input));
      const { json } = said('review') as { json: unknown };
      return Promise.resolve(Response.json(json));
    };
    const element = await fixture<LesspayPayoutStatus>(
      html`<lesspay-payout-status .fetch=${own} .pollTiming=${NEVER}></lesspay-payout-status>`,
    );
    history.replaceState(undefined, '', before);
    await waitUntil(() => part(element, 'headline') === 'In review');
    expect(asked.map((url) => new URL(url, location.href).pathname)).to.deep.equal([`/lesspay/payouts/${REQUEST_ID}`]);
    expect(proxy.calls).to.deep.equal([]);
  });

  it('keeps the names and roles of its table where it shows cards', async () => {
    proxy.answer(() => said('failed', [detail('R-1', 'failed', 'name-mismatch')]));
    const element = await following();
    element.style.inlineSize = '312px';
    const roles = [...element.renderRoot.querySelectorAll('table, tr, th, td')].map((node) => node.role);
    const row = ['row', 'rowheader', 'cell', 'cell'];
    expect(roles).to.deep.equal(['table', 'row', ...Array<string>(3).fill('columnheader'), ...row]);
    expect(element.scrollWidth).to.be.at.most(312);
    const card = element.renderRoot.querySelector('tbody tr');
    expect(card && getComputedStyle(card).display).to.equal('grid');
    await expect(element).to.be.accessible();
  });
});
