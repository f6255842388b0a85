import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import 'lesspay-elements/define/lesspay-payment-status';
import {
  LesspayStatusEvent,
  type LesspayErrorEvent,
  type LesspayPaymentStatus,
  type LesspaySettledEvent,
  type PayinStatus,
} from 'lesspay-elements';
import { deferred, problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const REQUEST_ID = 'q7m2kd94xt0cwz8n5hbr';
const FINAL: readonly PayinStatus[] = ['paid', 'failed', 'canceled', 'refunded', 'closed', 'amount-differs'];
const said = (status: string, final = FINAL.includes(status as PayinStatus)): ProxyAnswer => ({
  json: { requestId: REQUEST_ID, status, final, amount: '1250.00', currency: 'PHP' },
});
const QUICK = { firstMs: 20, maxMs: 60, factor: 2, jitter: 0 };
const NEVER = { firstMs: 60_000, maxMs: 60_000, factor: 1, jitter: 0 };

const part = (element: LesspayPaymentStatus, name: string) =>
  element.renderRoot.querySelector<HTMLElement>(`[part="${name}"]`)?.innerText.replace(/\s+/g, ' ').trim();
const headline = (element: LesspayPaymentStatus) => part(element, 'headline');
const checkNow = (element: LesspayPaymentStatus) =>
  element.renderRoot.querySelector<HTMLButtonElement>('[part="check-now"]');

describe('<lesspay-payment-status>', () => {
  let proxy: StubProxy;
  let address: string;

  beforeEach(() => {
    address = location.href;
    proxy = new StubProxy(() => said('pending'));
  });
  afterEach(() => {
    proxy.restore();
    history.replaceState(null, '', address);
  });

  /** The element, when the first answer is shown. */
  async function following(pollTiming = NEVER, id = REQUEST_ID) {
    const element = await fixture<LesspayPaymentStatus>(
      html`<lesspay-payment-status lang="en" request-id=${id} order="ORD-1" .pollTiming=${pollTiming}>
        <p>You can leave this page.</p>
        <a slot="failed" href="#cart">Back to the cart</a>
      </lesspay-payment-status>`,
    );
    await waitUntil(() => headline(element) !== 'Checking your payment');
    return element;
  }

  it('passes the accessibility audit in every state', async () => {
    const first = deferred<ProxyAnswer>();
    proxy.answer(() => first.promise);
    const element = await fixture<LesspayPaymentStatus>(
      html`<lesspay-payment-status
        request-id=${REQUEST_ID}
        order="ORD-1"
        .pollTiming=${NEVER}
      ></lesspay-payment-status>`,
    );
    await aTimeout(0);
    expect(headline(element)).to.equal('Checking your payment');
    await expect(element).to.be.accessible();
    first.resolve(said('pending'));
    await waitUntil(() => headline(element) === 'We do not know yet');
    await expect(element).to.be.accessible();
    for (const status of FINAL) {
      proxy.answer(() => said(status));
      await expect(await following()).to.be.accessible();
    }
    proxy.answer(() => problem('payin-not-found', 404));
    await expect(await following()).to.be.accessible();
  });

  describe('says', () => {
    const cases: [status: PayinStatus, headline: string][] = [
      ['pending', 'We do not know yet'],
      ['unknown', 'We do not know yet'],
      ['paid', 'Payment received'],
      ['failed', 'Payment failed'],
      ['canceled', 'Payment canceled'],
      ['refunded', 'Payment refunded'],
      ['closed', 'Payment closed'],
      ['amount-differs', 'A different amount was received'],
    ];
    for (const [status, words] of cases) {
      it(`"${words}" for ${status}`, async () => {
        proxy.answer(() => said(status));
        const element = await following();
        expect(headline(element)).to.equal(words);
        expect(element.status).to.equal(status);
        expect(element.settled).to.equal(FINAL.includes(status));
        expect(element.matches(`:state(${status})`)).to.equal(true);
        expect(element.matches(':state(settled)')).to.equal(element.settled);
        expect(part(element, 'details')).to.equal(`Order ORD-1 Amount ₱1,250.00 Reference ${REQUEST_ID}`);
      });
    }

    it('that it does not know when the network, the proxy or an unheard-of word says nothing certain', async () => {
      const answers: ProxyAnswer[] = [
        new TypeError('Failed to fetch'),
        new Response('<!doctype html>', { status: 502 }),
        problem('upstream-unavailable', 503, true),
        problem('internal-error', 500),
        said('escheated', false),
        said('checking', false),
        said('__proto__', false),
      ];
      for (const answer of answers) {
        proxy.answer(() => answer);
        const element = await following();
        expect(headline(element)).to.equal('We do not know yet');
        expect(element.settled).to.equal(false);
        expect(checkNow(element)?.innerText).to.equal('Check now');
      }
    });

    it('that there is no such payment, and asks no more', async () => {
      proxy.answer(() => problem('payin-not-found', 404));
      let event: LesspayErrorEvent | undefined;
      document.addEventListener('lesspay-error', (told) => (event = told), { once: true });
      const element = await following(QUICK);
      expect(headline(element)).to.equal('We could not find this payment');
      expect(event?.code).to.equal('payin-not-found');
      await aTimeout(150);
      expect(proxy.calls).to.have.length(1);
      expect(element.matches(':state(not-found)')).to.equal(true);
    });

    it('shows what came from outside as text', async () => {
      const hostile = ['"><svg/onload=alert(1)>', '</style><script>alert(1)</script>'];
      for (const text of hostile) {
        proxy.answer(() => ({ json: { requestId: text, status: text, final: false, amount: text, currency: text } }));
        const element = await following();
        element.order = text;
        await element.updateComplete;
        expect(part(element, 'details')).to.contain(text);
        expect(element.shadowRoot!.querySelectorAll('script, svg[onload]')).to.have.length(0);
      }
    });

    it("the merchant's words while waiting, and those for the outcome after it", async () => {
      const element = await following();
      const [waiting, failed] = element.children as unknown as [HTMLElement, HTMLElement];
      expect([waiting.checkVisibility(), failed.checkVisibility()]).to.deep.equal([true, false]);
      proxy.answer(() => said('failed'));
      await element.check();
      expect([waiting.checkVisibility(), failed.checkVisibility()]).to.deep.equal([false, true]);
    });

    it('nothing twice to a screen reader', async () => {
      const element = await following(QUICK);
      const region = element.renderRoot.querySelector('[role=status]')!;
      let changes = 0;
      const observer = new MutationObserver((records) => (changes += records.length));
      observer.observe(region, { subtree: true, childList: true, characterData: true });
      const asked = proxy.calls.length;
      await waitUntil(() => proxy.calls.length > asked + 3);
      proxy.answer(() => said('unknown'));
      await aTimeout(100);
      expect(changes).to.equal(0);
      proxy.answer(() => said('paid'));
      await oneEvent(element, 'lesspay-settled');
      await element.updateComplete;
      observer.takeRecords().forEach(() => changes++);
      expect(changes).to.be.above(0);
    });
  });

  describe('asks', () => {
    it("for the payment of the page's address where it is given none", async () => {
      history.replaceState(null, '', `?request_id=${REQUEST_ID}`);
      await fixture(html`<lesspay-payment-status proxy="/pay/"></lesspay-payment-status>`);
      await waitUntil(() => proxy.calls.length === 1);
      expect(proxy.calls[0]!.url.pathname).to.equal(`/pay/payins/${REQUEST_ID}`);
      expect(proxy.calls[0]!.method).to.equal('GET');
    });

    it('nothing where there is no id, or one that would change the path', async () => {
      const ids = [
        ['', 'request-id-missing'],
        ['..', 'request-id-invalid'],
        ['../banks?country=PH', 'request-id-invalid'],
        ['a/b', 'request-id-invalid'],
        ['x'.repeat(65), 'request-id-invalid'],
        ['<b>', 'request-id-invalid'],
      ] as const;
      for (const [id, code] of ids) {
        history.replaceState(null, '', `?request_id=${encodeURIComponent(id)}`);
        const told = new Promise<LesspayErrorEvent>((done) =>
          document.addEventListener('lesspay-error', done, { once: true }),
        );
        const element = await fixture<LesspayPaymentStatus>(html`<lesspay-payment-status></lesspay-payment-status>`);
        expect((await told).code).to.equal(code);
        await element.updateComplete;
        expect(headline(element)).to.equal('We could not find this payment');
      }
      expect(proxy.calls).to.have.length(0);
    });

    it('again and again, ever more slowly, until the status is final', async () => {
      const askedAt: number[] = [];
      proxy.answer(() => {
        askedAt.push(performance.now());
        return said(askedAt.length < 5 ? 'pending' : 'paid');
      });
      const element = await following({ firstMs: 40, maxMs: 150, factor: 2, jitter: 0 });
      const { status } = await oneEvent<LesspaySettledEvent>(element, 'lesspay-settled');
      expect(status).to.equal('paid');
      const pauses = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
      [40, 80, 150, 150].forEach((ms, index) => expect(pauses[index]).to.be.at.least(ms - 2));
      await aTimeout(200);
      expect(askedAt).to.have.length(5);
    });

    it('with pauses of 2 s to 15 s that are not in step, unless told otherwise', async () => {
      const element = await fixture<LesspayPaymentStatus>(html`<lesspay-payment-status></lesspay-payment-status>`);
      expect(element.pollTiming).to.deep.equal({ firstMs: 2000, maxMs: 15000, factor: 1.5, jitter: 0.2 });
    });

    it('nothing while the page is hidden or offline, and at once when it is back', async () => {
      const hide = (hidden: boolean) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      const network = (onLine: boolean) => {
        Object.defineProperty(navigator, 'onLine', { configurable: true, value: onLine });
        window.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
      };
      const element = await following(QUICK);
      for (const [away, back] of [
        [() => hide(true), () => hide(false)],
        [() => network(false), () => network(true)],
      ] as const) {
        await waitUntil(() => !element.matches(':state(asking)'));
        away();
        await aTimeout(20);
        const asked = proxy.calls.length;
        await aTimeout(200);
        expect(proxy.calls).to.have.length(asked);
        back();
        expect(proxy.calls).to.have.length(asked + 1);
      }
      await waitUntil(() => !element.matches(':state(asking)'));
      network(false);
      await element.updateComplete;
      expect(element.renderRoot.textContent).to.contain('You are offline.');
      delete (document as { hidden?: boolean }).hidden;
      delete (navigator as { onLine?: boolean }).onLine;
    });

    it('nothing any more when it is taken off the page, and again when it is back', async () => {
      const element = await following(QUICK);
      const place = element.parentElement!;
      await waitUntil(() => !element.matches(':state(asking)'));
      element.remove();
      const asked = proxy.calls.length;
      await aTimeout(150);
      expect(proxy.calls).to.have.length(asked);
      place.append(element);
      await waitUntil(() => proxy.calls.length > asked);
    });

    it('at once on "Check now", and says when there is nothing new', async () => {
      const element = await following();
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      checkNow(element)!.click();
      checkNow(element)!.click();
      await waitUntil(() => checkNow(element)!.innerText === 'Checking…');
      expect(proxy.calls).to.have.length(2);
      answer.resolve(said('pending'));
      await waitUntil(() => element.renderRoot.textContent.includes('Nothing new yet.'));
      proxy.answer(() => said('paid'));
      checkNow(element)!.focus();
      checkNow(element)!.click();
      await waitUntil(() => element.settled);
      await element.updateComplete;
      expect(checkNow(element)).to.equal(null);
      expect(element.shadowRoot!.activeElement?.getAttribute('part')).to.equal('headline');
    });

    it('about another payment when it is given another id, and forgets the answer for the first', async () => {
      const first = deferred<ProxyAnswer>();
      proxy.answer(({ url }) => (url.pathname.endsWith('second') ? said('paid') : first.promise));
      const element = await fixture<LesspayPaymentStatus>(
        html`<lesspay-payment-status request-id="first" .pollTiming=${NEVER}></lesspay-payment-status>`,
      );
      await waitUntil(() => proxy.calls.length === 1);
      element.requestId = 'second';
      await waitUntil(() => headline(element) === 'Payment received');
      expect(proxy.calls[0]!.signal!.aborted).to.equal(true);
      first.resolve(said('failed'));
      await aTimeout(10);
      expect(headline(element)).to.equal('Payment received');
    });
  });

  describe('events', () => {
    it('tell each change once, and the end once', async () => {
      const statuses = ['unknown', 'pending', 'pending', 'pending', 'paid'];
      let asked = 0;
      proxy.answer(() => said(statuses[Math.min(asked++, 4)]!));
      const told: string[] = [];
      const note = (event: LesspayStatusEvent | LesspaySettledEvent) => {
        expect(event.composed && event.bubbles).to.equal(true);
        expect([event.requestId, event.amount, event.currency]).to.deep.equal([REQUEST_ID, '1250.00', 'PHP']);
        told.push(`${event.type} ${event.status}`);
      };
      document.addEventListener('lesspay-status', note);
      document.addEventListener('lesspay-settled', note);
      const element = await following(QUICK);
      await waitUntil(() => element.settled);
      await element.check();
      document.removeEventListener('lesspay-status', note);
      document.removeEventListener('lesspay-settled', note);
      expect(told).to.deep.equal([
        'lesspay-status unknown',
        'lesspay-status pending',
        'lesspay-status paid',
        'lesspay-settled paid',
      ]);
    });

    it('tell of a refund that is found later', async () => {
      proxy.answer(() => said('paid'));
      const element = await following();
      proxy.answer(() => said('refunded'));
      const told = oneEvent<LesspayStatusEvent>(element, 'lesspay-status');
      await element.check();
      expect((await told).status).to.equal('refunded');
      expect(await told).to.be.instanceOf(LesspayStatusEvent);
    });
  });
});
