import { aTimeout, expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-checkout';
import { LesspayCheckout, LesspayErrorEvent, LesspayRedirectEvent, registerLocale } from 'lesspay-elements';
import { deferred, problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const REQUEST_ID = 'q7m2kd94xt0cwz8n5hbr';
const CHECKOUT_URL = 'https://pay.lesspay.example/c/abc';
const opened = (checkoutUrl = CHECKOUT_URL): ProxyAnswer => ({
  status: 201,
  json: {
    requestId: REQUEST_ID,
    payOrderId: 'P1',
    status: 'pending',
    checkoutUrl,
    expiresAt: '2026-11-20T12:00:00Z',
    amount: '1250.00',
    currency: 'PHP',
  },
});

const shown = (element: LesspayCheckout, selector: string): HTMLElement => {
  const found = element.renderRoot.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is not there.`);
  return found;
};
const button = (element: LesspayCheckout) => shown(element, '[part=button]') as HTMLButtonElement;
const words = (element: LesspayCheckout, part: string) =>
  shown(element, `[part=${part}]`).innerText.replace(/\s+/g, ' ').trim();
const visible = (element: LesspayCheckout, part: string) =>
  getComputedStyle(shown(element, `[part=${part}]`)).visibility === 'visible';

/** The element with its amount formatted, and staying on the page: the redirect is always canceled. */
async function checkout(
  template = html`<lesspay-checkout order="ORD-1" amount="1250.00" currency="PHP"></lesspay-checkout>`,
) {
  const element = await fixture<LesspayCheckout>(template);
  element.addEventListener('lesspay-redirect', (event) => event.preventDefault());
  await nextFrame();
  await aTimeout(20);
  await element.updateComplete;
  return element;
}

describe('<lesspay-checkout>', () => {
  let proxy: StubProxy;

  beforeEach(() => {
    proxy = new StubProxy(() => opened());
  });
  afterEach(() => proxy.restore());

  it('passes the accessibility audit in every state', async () => {
    const element = await checkout();
    await expect(element).to.be.accessible();

    const answer = deferred<ProxyAnswer>();
    proxy.answer(() => answer.promise);
    const done = element.start();
    await waitUntil(() => visible(element, 'progress'));
    await expect(element).to.be.accessible();

    answer.resolve(problem('upstream-unavailable', 503, true));
    await done;
    await element.updateComplete;
    expect(element.status).to.equal('failed');
    await expect(element).to.be.accessible();

    await expect(await checkout(html`<lesspay-checkout order="A" disabled></lesspay-checkout>`)).to.be.accessible();
    await expect(
      await checkout(html`<lesspay-checkout order="A" target="_blank">Buy</lesspay-checkout>`),
    ).to.be.accessible();
    const withForm = html`<lesspay-checkout>
      <form method="post" action="/lesspay/payins">
        <input type="hidden" name="order" value="A" /><button>Buy</button>
      </form>
    </lesspay-checkout>`;
    await expect(await checkout(withForm)).to.be.accessible();
  });

  describe('label', () => {
    it('says what is paid, with exactly the decimals it was given', async () => {
      const cases = [
        ['1250.00', 'PHP', 'Pay ₱1,250.00'],
        ['1000', 'JPY', 'Pay ¥1,000'],
        ['0.10', 'USD', 'Pay $0.10'],
        ['999999999999.99', 'USD', 'Pay $999,999,999,999.99'],
        ['12500.00', 'IDR', 'Pay IDR 12,500.00'],
      ] as const;
      for (const [amount, currency, label] of cases) {
        const element = await checkout(
          html`<lesspay-checkout lang="en" order="A" amount=${amount} currency=${currency}></lesspay-checkout>`,
        );
        expect(words(element, 'label')).to.equal(label);
      }
    });

    it('leaves out an amount that is none, and a currency that is none', async () => {
      for (const [amount, currency] of [
        ['', ''],
        ['12,50', 'PHP'],
        ['1e3', 'PHP'],
        ['12.50', '"><b>'],
        ['-1', 'PHP'],
      ] as const) {
        const element = await checkout(
          html`<lesspay-checkout order="A" amount=${amount} currency=${currency}></lesspay-checkout>`,
        );
        expect(words(element, 'label')).to.equal('Pay');
      }
    });

    it('keeps its width when the amount appears and while it opens', async () => {
      const element = await fixture<LesspayCheckout>(
        html`<lesspay-checkout order="A" amount="1250.00" currency="PHP"></lesspay-checkout>`,
      );
      element.addEventListener('lesspay-redirect', (event) => event.preventDefault());
      const width = button(element).offsetWidth;
      expect(words(element, 'label')).to.equal('Pay');
      await waitUntil(() => words(element, 'label') === 'Pay ₱1,250.00');
      expect(button(element).offsetWidth).to.equal(width);
      proxy.answer(() => new Promise<never>(() => undefined));
      void element.start();
      await waitUntil(() => visible(element, 'progress'));
      expect(button(element).offsetWidth).to.equal(width);
      expect(words(element, 'progress')).to.equal('Opening secure checkout…');
      expect(visible(element, 'label')).to.equal(false);
    });

    it('follows the language around it, and a language tag that is none', async () => {
      registerLocale('de', { checkout: { payAmount: '{amount} zahlen' } });
      const place = await fixture(html`<div lang="de-AT"><p></p></div>`);
      const element = document.createElement('lesspay-checkout');
      Object.assign(element, { order: 'A', amount: '1250.00', currency: 'EUR' });
      place.querySelector('p')!.append(element);
      await element.updateComplete;
      await waitUntil(
        () => /1.250,00 zahlen$/.test(words(element, 'label').replace('€ ', '')),
        words(element, 'label'),
      );
      place.setAttribute('lang', 'not_a_tag');
      await waitUntil(() => words(element, 'label') === 'Pay €1,250.00');
    });

    it('shows another wording as soon as the merchant registers it', async () => {
      const element = await checkout(html`<lesspay-checkout lang="x-shop" order="A"></lesspay-checkout>`);
      registerLocale('x-shop', { checkout: { pay: 'Place the order' } });
      await element.updateComplete;
      expect(words(element, 'label')).to.equal('Place the order');
    });

    it('is replaced by what is slotted, but not by white space', async () => {
      const element = await checkout(html`<lesspay-checkout order="A">Buy <b>now</b></lesspay-checkout>`);
      expect(button(element).querySelector('slot')!.assignedNodes()).to.have.length.above(0);
      expect(words(element, 'label')).not.to.contain('Pay');
      const blank = await checkout(html`<lesspay-checkout order="A"> <!-- no label --> </lesspay-checkout>`);
      expect(words(blank, 'label')).to.equal('Pay');
      blank.append('Buy it');
      await waitUntil(() => words(blank, 'label') === '');
    });

    it('is as wide as a narrow container, and only as wide as its words in a wide one', async () => {
      const narrow = await fixture(html`<div class="narrow"><lesspay-checkout order="A"></lesspay-checkout></div>`);
      (narrow as HTMLElement).style.width = '320px';
      const element = narrow.querySelector('lesspay-checkout')!;
      await element.updateComplete;
      expect(button(element).offsetWidth).to.equal(320);
      (narrow as HTMLElement).style.width = '600px';
      expect(button(element).offsetWidth).to.be.below(400);
      expect(button(element).offsetHeight).to.be.at.least(44);
    });
  });

  describe('start', () => {
    it('sends the reference of the order and nothing else', async () => {
      const element = await checkout();
      await element.start();
      const [call] = proxy.calls;
      expect(call!.method).to.equal('POST');
      expect(call!.url.href).to.equal(`${location.origin}/lesspay/payins`);
      expect(call!.body).to.deep.equal({ order: 'ORD-1' });
      expect(call!.headers.get('content-type')).to.equal('application/json');
    });

    it('sends one request for three clicks in one tick', async () => {
      const element = await checkout();
      for (let click = 0; click < 3; click++) button(element).click();
      await oneEvent(element, 'lesspay-redirect');
      await aTimeout(0);
      expect(proxy.calls).to.have.length(1);
    });

    it('sends one request for Enter and a click', async () => {
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      const element = await checkout();
      element.focus();
      await sendKeys({ press: 'Enter' });
      button(element).click();
      await sendKeys({ press: ' ' });
      answer.resolve(opened());
      await oneEvent(element, 'lesspay-redirect');
      expect(proxy.calls).to.have.length(1);
    });

    it('gives every caller the same promise while it is under way', async () => {
      const element = await checkout();
      const first = element.start();
      expect(element.start()).to.equal(first);
      expect(element.status).to.equal('starting');
      expect(element.matches(':state(starting)')).to.equal(true);
      expect(element.matches(':state(idle)')).to.equal(false);
      await first;
      expect(proxy.calls).to.have.length(1);
    });

    it('does nothing while disabled', async () => {
      const element = await checkout(html`<lesspay-checkout order="A" disabled></lesspay-checkout>`);
      await element.start();
      button(element).click();
      expect(proxy.calls).to.have.length(0);
    });

    it('is what click() on the element does', async () => {
      const element = await checkout();
      element.click();
      await oneEvent(element, 'lesspay-redirect');
      expect(proxy.calls).to.have.length(1);
    });

    it('keeps the focus on the button while it opens', async () => {
      proxy.answer(() => new Promise<never>(() => undefined));
      const element = await checkout();
      element.focus();
      void element.start();
      await element.updateComplete;
      expect(element.shadowRoot!.activeElement === button(element)).to.equal(true);
      expect(button(element).getAttribute('aria-disabled')).to.equal('true');
      expect(shown(element, '[role=status]').textContent).to.contain('Opening secure checkout…');
    });

    it('shows progress only after 150 ms, and then for at least 300 ms', async () => {
      const element = await checkout();
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      const startedAt = performance.now();
      let failedAt = 0;
      element.addEventListener('lesspay-error', () => (failedAt = performance.now()));
      const done = element.start();
      await element.updateComplete;
      expect(visible(element, 'progress')).to.equal(false);
      await waitUntil(() => visible(element, 'progress'), 'progress', { interval: 5 });
      const shownAt = performance.now();
      expect(shownAt - startedAt).to.be.at.least(145);
      answer.resolve(problem('upstream-unavailable', 503, true));
      await done;
      expect(failedAt - startedAt).to.be.at.least(445);
    });

    it('shows no progress for a quick answer', async () => {
      const element = await checkout();
      proxy.answer(() => problem('upstream-unavailable', 503, true));
      await element.start();
      expect(element.status).to.equal('failed');
      await aTimeout(200);
      await element.updateComplete;
      expect(visible(element, 'progress')).to.equal(false);
    });
  });

  describe('redirect', () => {
    it('says where it goes, and rests again when the page goes there itself', async () => {
      const element = await checkout();
      const told = new Promise<LesspayRedirectEvent>((done) =>
        document.addEventListener('lesspay-redirect', done, { once: true }),
      );
      void element.start();
      const event = await told;
      expect(event).to.be.instanceOf(LesspayRedirectEvent);
      const { checkoutUrl, requestId, composed, cancelable } = event;
      expect({ checkoutUrl, requestId, composed, cancelable }).to.deep.equal({
        checkoutUrl: CHECKOUT_URL,
        requestId: REQUEST_ID,
        composed: true,
        cancelable: true,
      });
      await waitUntil(() => element.status === 'idle');
      expect(element.matches(':state(idle)')).to.equal(true);
    });

    it('refuses an address that must not be followed', async () => {
      const element = await checkout(
        html`<lesspay-checkout order="A" checkout-hosts="pay.lesspay.example, *.cashier.example"></lesspay-checkout>`,
      );
      const refused = [
        'javascript:alert(1)//https://pay.lesspay.example',
        'data:text/html,<script>1</script>',
        'blob:https://pay.lesspay.example/uuid',
        'http://pay.lesspay.example/c',
        'https://pay.lesspay.example@evil.example/',
        'https://user:secret@pay.lesspay.example/',
        'https://pay.lesspay.example:8443/c',
        'https://evil.example/pay.lesspay.example',
        'https://pay.lesspay.example.evil.example/c',
        'https://cashier.example/c',
        'https:pay.lesspay.example/c',
        'https:\\\\pay.lesspay.example/c',
        ' https://pay.lesspay.example/c',
        'https://pay.lesspay\n.example/c',
        'https://ｐay.lesspay.example/c',
        '//pay.lesspay.example/c',
        '/c',
        'https://192.168.0.1/c',
        'https://[2001:db8::1]/c',
      ];
      for (const url of refused) {
        proxy.answer(() => opened(url));
        const failed = oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
        await element.start();
        expect((await failed).code, url).to.equal('checkout-url-refused');
        expect(element.status).to.equal('failed');
      }
      for (const url of [
        'https://pay.lesspay.example/c',
        'https://a.b.cashier.example/c?x=1#y',
        'HTTPS://PAY.LESSPAY.EXAMPLE:443/c',
      ]) {
        proxy.answer(() => opened(url));
        const left = oneEvent<LesspayRedirectEvent>(element, 'lesspay-redirect');
        await element.start();
        expect((await left).checkoutUrl).to.equal(new URL(url).href);
      }
    });

    it('decides the listed checkout URLs of the shared cases as they say', async () => {
      const { cases } = (await (await proxyless(new URL('../vectors/inputs.json', import.meta.url))).json()) as {
        cases: { field: string; value: string; valid: boolean; why: string }[];
      };
      const element = await checkout(
        html`<lesspay-checkout order="A" checkout-hosts="pay.lesspay.example"></lesspay-checkout>`,
      );
      const chosen = cases.filter(({ field }) => field === 'checkout_url');
      expect(chosen).to.have.length.above(10);
      for (const { value, valid, why } of chosen) {
        proxy.answer(() => opened(value));
        let left = false;
        element.addEventListener('lesspay-redirect', () => (left = true), { once: true });
        await element.start();
        expect(left, `${value}: ${why}`).to.equal(valid);
      }
    });
  });

  describe('failure', () => {
    const cases: [code: string, status: number, text: RegExp, retry: boolean][] = [
      ['order-already-paid', 409, /already been paid/, false],
      ['order-not-found', 404, /could not find this order/, false],
      ['order-changed', 409, /has changed/, false],
      ['outcome-unknown', 503, /did not answer in time, and nothing was charged/, true],
      ['upstream-unavailable', 503, /did not answer in time/, true],
      ['merchant-error', 500, /could not be opened, and nothing was charged/, true],
      ['__proto__', 500, /could not be opened/, true],
    ];
    for (const [code, status, text, retry] of cases) {
      it(`tells the shopper about ${code} in the shopper's words`, async () => {
        const element = await checkout();
        proxy.answer(() => problem(code, status, retry));
        const failed = oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
        button(element).click();
        const event = await failed;
        expect(event).to.be.instanceOf(LesspayErrorEvent);
        expect([event.code, event.retryable, event.bubbles, event.composed]).to.deep.equal([code, retry, true, true]);
        expect(event.message).to.equal(`<b>${code}</b>`);
        await element.updateComplete;
        expect(words(element, 'message')).to.match(text);
        expect(event.text).to.match(text);
        expect(shown(element, '[part=message]').getAttribute('role')).to.equal('status');
        expect(element.renderRoot.querySelector('[part=retry]') !== null).to.equal(retry);
        // The proxy's own words are for the log.
        expect(element.shadowRoot!.querySelector('b')).to.equal(null);
        expect(words(element, 'message')).not.to.contain('<b>');
        expect(button(element).disabled || button(element).hasAttribute('aria-disabled')).to.equal(false);
      });
    }

    it('is the network when the network fails', async () => {
      const element = await checkout();
      proxy.answer(() => new TypeError('Failed to fetch'));
      const failed = oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
      await element.start();
      expect((await failed).code).to.equal('network');
      expect((await failed).retryable).to.equal(true);
      await element.updateComplete;
      expect(words(element, 'message')).to.contain('Check your connection.');
    });

    it('is a bad answer when something else than the proxy answers', async () => {
      const element = await checkout();
      const answers: [ProxyAnswer, boolean][] = [
        [new Response('<!doctype html><p>Not found', { status: 404 }), false],
        [new Response('<!doctype html><p>Bad gateway', { status: 502 }), true],
        [new Response('', { status: 200 }), false],
        [{ json: null }, false],
        [{ json: [] }, false],
        [{ json: { requestId: 'r', checkoutUrl: { href: CHECKOUT_URL } } }, false],
        [{ json: { checkoutUrl: CHECKOUT_URL } }, false],
        [{ status: 500, json: { message: 'no' } }, true],
      ];
      for (const [answer, retryable] of answers) {
        proxy.answer(() => answer);
        const failed = oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
        await element.start();
        expect((await failed).code).to.equal('bad-answer');
        expect((await failed).retryable).to.equal(retryable);
      }
    });

    it('goes away with the next try, which "Try again" starts', async () => {
      const element = await checkout();
      proxy.answer(() => problem('upstream-unavailable', 503, true));
      await element.start();
      await element.updateComplete;
      proxy.answer(() => opened());
      const left = oneEvent(element, 'lesspay-redirect');
      shown(element, '[part=retry]').click();
      await element.updateComplete;
      expect(element.shadowRoot!.activeElement === button(element)).to.equal(true);
      expect(element.renderRoot.querySelector('[part=retry]')).to.equal(null);
      await left;
      expect(proxy.calls).to.have.length(2);
    });

    it('names a missing order to the developer and asks the proxy nothing', async () => {
      const element = await checkout(html`<lesspay-checkout></lesspay-checkout>`);
      const failed = oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
      await element.start();
      expect((await failed).code).to.equal('order-missing');
      expect((await failed).message).to.contain('"order" attribute of <lesspay-checkout>');
      expect(proxy.calls).to.have.length(0);
    });

    it('ends for good in a listener that starts again at once', async () => {
      const element = await checkout(html`<lesspay-checkout></lesspay-checkout>`);
      let failures = 0;
      element.addEventListener('lesspay-error', () => {
        if (++failures < 3) void element.start();
      });
      await element.start();
      await waitUntil(() => failures === 3);
      expect(element.status).to.equal('failed');
    });
  });

  describe('proxy', () => {
    it('is not called on another origin because an attribute says so', async () => {
      for (const url of [
        'https://evil.example/lesspay',
        '//evil.example/lesspay',
        'https:evil.example',
        'javascript:0',
      ]) {
        const element = await checkout(html`<lesspay-checkout order="A" proxy=${url}></lesspay-checkout>`);
        element.setAttribute('allowed-proxy-origins', 'https://evil.example');
        const failed = oneEvent<LesspayErrorEvent>(element, 'lesspay-error');
        await element.start();
        expect((await failed).code, url).to.equal('proxy-not-allowed');
      }
      expect(proxy.calls).to.have.length(0);
    });

    it("is called on another origin that the page's own code allows", async () => {
      const element = await checkout(
        html`<lesspay-checkout
          order="A"
          proxy="https://pay.shop.example/api/lesspay/"
          .allowedProxyOrigins=${['https://pay.shop.example']}
        ></lesspay-checkout>`,
      );
      await element.start();
      expect(proxy.calls[0]!.url.href).to.equal('https://pay.shop.example/api/lesspay/payins');
    });
  });

  describe('coming and going', () => {
    it('works again after Back from the hosted checkout', async () => {
      proxy.answer(() => new Promise<never>(() => undefined));
      const element = await checkout();
      void element.start();
      await waitUntil(() => visible(element, 'progress'));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
      expect(element.status).to.equal('starting');
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      expect(element.status).to.equal('idle');
      await element.updateComplete;
      expect(visible(element, 'label')).to.equal(true);
      proxy.answer(() => opened());
      const left = oneEvent(element, 'lesspay-redirect');
      button(element).click();
      await left;
    });

    it('drops the answer when it is taken off the page', async () => {
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      const element = await checkout();
      const place = element.parentElement!;
      const heard: string[] = [];
      for (const type of ['lesspay-redirect', 'lesspay-error']) element.addEventListener(type, () => heard.push(type));
      const done = element.start();
      element.remove();
      await done;
      expect(proxy.calls[0]!.signal!.aborted).to.equal(true);
      answer.resolve(opened());
      await aTimeout(0);
      expect(heard).to.deep.equal([]);
      place.append(element);
      expect(element.status).to.equal('idle');
      await element.start();
      expect(heard).to.deep.equal(['lesspay-redirect']);
    });

    it('goes on when it is moved within the page', async () => {
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      const element = await checkout();
      const done = element.start();
      const place = await fixture(html`<section></section>`);
      place.append(element);
      const left = oneEvent(element, 'lesspay-redirect');
      answer.resolve(opened());
      await left;
      await done;
      expect(proxy.calls).to.have.length(1);
    });

    it('does not follow the answer for an order that is no longer the one', async () => {
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      const element = await checkout();
      let left = 0;
      element.addEventListener('lesspay-redirect', () => left++);
      const done = element.start();
      element.order = 'ORD-2';
      await element.updateComplete;
      answer.resolve(opened());
      await done;
      expect(left).to.equal(0);
      expect(element.status).to.equal('idle');
    });
  });

  describe('with a plain form inside', () => {
    const form = html`<lesspay-checkout amount="1250.00" currency="PHP">
      <form method="post" action="/lesspay/payins">
        <input type="hidden" name="order" value="ORD-7" />
        <input type="hidden" name="querySelector" value="clobbered" />
        <button>Pay for the order</button>
      </form>
    </lesspay-checkout>`;

    it('shows one button, with the words of the form', async () => {
      const element = await checkout(form);
      expect(words(element, 'label')).to.equal('Pay for the order');
      expect(element.querySelector('button')!.checkVisibility()).to.equal(false);
      expect(button(element).checkVisibility()).to.equal(true);
    });

    it('opens the order of the form, also when the form is submitted by a script', async () => {
      const element = await checkout(form);
      const left = oneEvent(element, 'lesspay-redirect');
      element.querySelector('form')!.requestSubmit();
      button(element).click();
      await left;
      expect(proxy.calls.map(({ body }) => body)).to.deep.equal([{ order: 'ORD-7' }]);
    });

    it('leaves a submit alone that the page has stopped', async () => {
      const element = await checkout(form);
      element.querySelector('form')!.addEventListener('submit', (event) => event.preventDefault());
      element.querySelector('form')!.requestSubmit();
      await aTimeout(0);
      expect(proxy.calls).to.have.length(0);
    });

    it('takes the focus over from the form it replaces', async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.innerHTML =
        '<late-checkout><form><input type="hidden" name="order" value="A"><button>Buy</button></form></late-checkout>';
      place.querySelector('button')!.focus();
      // The script arrives.
      customElements.define('late-checkout', class extends LesspayCheckout {});
      const element = place.querySelector<LesspayCheckout>('late-checkout')!;
      await element.updateComplete;
      expect(document.activeElement?.localName).to.equal('late-checkout');
    });
  });

  describe('target="_blank"', () => {
    const open = window.open.bind(window);
    let tabs: FakeTab[];

    class FakeTab {
      opener: unknown = window;
      closed = false;
      went: string[] = [];
      document = { title: '', body: document.createElement('body') };
      location = { replace: (url: string) => this.went.push(url) };
      close() {
        this.closed = true;
      }
    }

    beforeEach(() => {
      tabs = [];
      window.open = () => {
        const tab = new FakeTab();
        tabs.push(tab);
        return tab as unknown as Window;
      };
    });
    afterEach(() => {
      window.open = open;
    });

    /** Not canceling the redirect: the tab is a fake. */
    const inNewTab = () =>
      fixture<LesspayCheckout>(html`<lesspay-checkout order="A" target="_blank"></lesspay-checkout>`);

    it('opens the tab inside the click, cut off from this page, and sends it to the checkout', async () => {
      const element = await inNewTab();
      expect(words(element, 'label')).to.contain('(opens in a new tab)');
      button(element).click();
      button(element).click();
      expect(tabs).to.have.length(1);
      expect(tabs[0]!.opener).to.equal(null);
      expect(tabs[0]!.document.body.textContent).to.equal('Opening secure checkout…');
      await oneEvent(element, 'lesspay-redirect');
      expect(tabs[0]!.went).to.deep.equal([CHECKOUT_URL]);
      expect(element.status).to.equal('idle');
    });

    it('closes the tab again when the checkout cannot be opened, or the page goes there itself', async () => {
      const element = await inNewTab();
      proxy.answer(() => problem('order-already-paid', 409));
      await element.start();
      expect(tabs.map(({ closed, went }) => [closed, went])).to.deep.equal([[true, []]]);
      proxy.answer(() => opened());
      element.addEventListener('lesspay-redirect', (event) => event.preventDefault());
      await element.start();
      expect(tabs.map(({ closed, went }) => [closed, went])).to.deep.equal([
        [true, []],
        [true, []],
      ]);
    });

    it('leaves a tab closed that the shopper has closed', async () => {
      const element = await inNewTab();
      const done = element.start();
      tabs[0]!.closed = true;
      await done;
      expect(tabs[0]!.went).to.deep.equal([]);
      expect(element.status).to.equal('idle');
    });
  });

  describe('in a page of its own', () => {
    /** A page under the strict policy, in a frame, with its own network. */
    async function strictPage() {
      const frame = await fixture<HTMLIFrameElement>(
        html`<iframe title="Shop" src="/test/elements/pages/strict.html?strict"></iframe>`,
      );
      await waitUntil(() => frame.contentDocument?.querySelector('lesspay-checkout'), 'the page is there', {
        timeout: 8000,
      });
      const page = frame.contentWindow as Window & typeof globalThis & { violations: string[] };
      const element = page.document.querySelector('lesspay-checkout')!;
      await page.customElements.whenDefined('lesspay-checkout');
      await element.updateComplete;
      return { frame, page, element };
    }

    it('runs under a strict Content Security Policy with Trusted Types', async () => {
      const { page, element } = await strictPage();
      const stub = new StubProxy(() => problem('order-already-paid', 409), page);
      await element.start();
      await element.updateComplete;
      expect(page.getComputedStyle(button(element)).borderRadius).to.equal('8px');
      expect(words(element, 'message')).to.contain('already been paid');
      expect(page.violations).to.deep.equal([]);
      // The page notices what the policy forbids: the empty list above means something.
      page.document.body.setAttribute('style', 'color: red');
      await waitUntil(() => page.violations.length > 0);
      stub.restore();
    });

    it('goes to the hosted checkout; where the new tab is refused, in the same one', async () => {
      for (const target of ['_self', '_blank'] as const) {
        const { frame, page, element } = await strictPage();
        const url = `${location.origin}/test/elements/pages/cashier.html?${target}`;
        const stub = new StubProxy(() => opened(url), page);
        page.open = () => null;
        element.target = target;
        await element.start();
        expect(element.status).to.equal('redirecting');
        // A click while the page is being left asks nothing again.
        button(element).click();
        await waitUntil(() => frame.contentWindow!.location.href === url);
        expect(stub.calls).to.have.length(1);
      }
    });
  });
});

/** The real network: the shared cases are a file beside the tests. */
const realFetch = window.fetch.bind(window);
const proxyless = (url: URL) => realFetch(url);
