import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-recipient-form';
import type {
  LesspayBankPicker,
  LesspayErrorEvent,
  LesspayRecipientForm,
  LesspaySubmittedEvent,
  Recipient,
} from 'lesspay-elements';
import { en } from 'lesspay-elements/locales/en';
import { faded, inside, type, until, wordsOf } from './shadow-controls.ts';
import { deferred, problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const WALLET: Recipient = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Maria Clara Santos',
  accountNumber: '09171234567',
};
const REQUEST = {
  currency: 'PHP',
  payouts: [{ reference: 'INV-2041', amount: '1250.00', recipient: WALLET }],
};
const accepted = (status = 'review'): ProxyAnswer => ({
  status: 202,
  json: { requestId: 'q7m2kd94xt0cwz8n5hbr', status, total: '1250.00', count: 1 },
});
const status = (of: string): ProxyAnswer => ({
  json: { requestId: 'q7m2kd94xt0cwz8n5hbr', status: of, final: false, total: '1250.00', currency: 'PHP', details: [] },
});

/** A refusal with what the upstream said and the fields it names. */
function refused(upstreamCode: string, errors: { path: string; code: string }[] = []): ProxyAnswer {
  const answer = problem('upstream-refused', 422) as { json: object };
  return { status: 422, json: { ...answer.json, upstreamCode, errors } };
}

const title = (form: LesspayRecipientForm) => wordsOf(form.renderRoot.querySelector('h2'));
const primary = (form: LesspayRecipientForm) => inside<HTMLButtonElement>(form, '[part=primary]');
const focused = (form: LesspayRecipientForm) => (form.renderRoot as ShadowRoot).activeElement?.id;

describe('<lesspay-recipient-form payout>', () => {
  let proxy: StubProxy;
  const posts = () => proxy.calls.filter(({ method }) => method === 'POST');
  const keys = () => posts().map(({ headers }) => headers.get('idempotency-key'));

  beforeEach(async () => {
    proxy = new StubProxy(() => accepted());
    await setViewport({ width: 900, height: 900 });
  });
  afterEach(() => proxy.restore());

  async function payoutForm(): Promise<LesspayRecipientForm> {
    const form = await fixture<LesspayRecipientForm>(
      html`<lesspay-recipient-form proxy="/lesspay" currency="PHP" payout .value=${WALLET}></lesspay-recipient-form>`,
    );
    type(inside(form, '#f-amount'), '1,250');
    type(inside(form, '#f-reference'), 'INV-2041');
    inside(form, '#f-reference').blur();
    await form.updateComplete;
    return form;
  }

  async function reviewed(): Promise<LesspayRecipientForm> {
    const form = await payoutForm();
    primary(form).click();
    await form.updateComplete;
    expect(form.step).to.equal('review');
    return form;
  }

  async function sent(answer: ProxyAnswer | Error): Promise<LesspayRecipientForm> {
    proxy.answer(() => answer);
    const form = await reviewed();
    primary(form).click();
    await until(() => form.step !== 'sending' && posts().length > 0, 'No answer came.');
    await form.updateComplete;
    return form;
  }

  it('passes the accessibility audit in every step', async () => {
    const form = await payoutForm();
    await expect(form).to.be.accessible();
    form.amount = '';
    form.review();
    await faded(form);
    await expect(form).to.be.accessible();

    const answer = deferred<ProxyAnswer>();
    proxy.answer(() => answer.promise);
    const next = await reviewed();
    await expect(next).to.be.accessible();
    primary(next).click();
    await next.updateComplete;
    expect(next.step).to.equal('sending');
    await expect(next).to.be.accessible();
    answer.resolve(accepted());
    await until(() => next.step === 'accepted', 'It was not accepted.');
    await expect(next).to.be.accessible();

    await expect(await sent(new TypeError('cut off'))).to.be.accessible();
    const corrected = await sent(
      refused('30006', [{ path: 'payouts.0.recipient.accountNumber', code: 'account-format' }]),
    );
    await faded(corrected);
    await expect(corrected).to.be.accessible();
    await expect(await sent(problem('forbidden', 403))).to.be.accessible();
  });

  describe('amount and reference', () => {
    it('take an amount with separators, show it grouped and send it plain', async () => {
      const form = await payoutForm();
      for (const [typed, shown, wire] of [
        ['1,250', '1,250.00', '1250.00'],
        ['PHP 1234567.5', '1,234,567.50', '1234567.50'],
        ['0.5', '0.50', '0.50'],
        ['1.250,00', '1,250.00', '1250.00'],
      ] as const) {
        const input = inside<HTMLInputElement>(form, '#f-amount');
        type(input, typed);
        input.blur();
        await form.updateComplete;
        expect(input.value).to.equal(shown);
        expect(form.amount).to.equal(wire);
      }
    });

    it('say in which currency the amount is', async () => {
      const form = await payoutForm();
      const ids = inside(form, '#f-amount').getAttribute('aria-describedby') ?? '';
      const said = ids.split(' ').map((id) => wordsOf(form.renderRoot.querySelector(`#${id}`)));
      expect(said).to.deep.equal(['PHP']);
    });

    it('say what is wrong', async () => {
      const form = await payoutForm();
      const said = async (name: string, text: string) => {
        const input = inside<HTMLInputElement>(form, `#f-${name}`);
        type(input, text);
        input.blur();
        await form.updateComplete;
        expect(input.value).to.equal(text);
        return wordsOf(form.renderRoot.querySelector(`#f-${name}-error`));
      };
      expect(await said('amount', '1.2345')).to.equal('An amount in PHP has at most 2 decimals.');
      expect(await said('amount', '1.250')).to.contain('enter 1250');
      expect(await said('amount', '0')).to.equal('Enter an amount above zero.');
      expect(await said('amount', 'ten')).to.contain('in digits');
      expect(await said('reference', '-x')).to.contain('letter or digit first');
      expect(await said('reference', 'x'.repeat(65))).to.contain('at most 64 characters');
      form.currency = 'JPY';
      expect(await said('amount', '10.5')).to.contain('has no decimals');
    });
  });

  describe('review', () => {
    it('shows a summary with the focus on it while something is not right', async () => {
      const form = await payoutForm();
      type(inside(form, '#f-amount'), '');
      type(inside(form, '#f-accountNumber'), '0917');
      primary(form).click();
      await form.updateComplete;
      expect(form.step).to.equal('edit');
      expect(focused(form)).to.equal('summary');
      expect(Array.from(form.renderRoot.querySelectorAll('#summary li'), wordsOf)).to.deep.equal([
        'Wallet number: Enter the wallet number, such as 09171234567.',
        'Amount: Enter the amount.',
      ]);
      inside(form, '#summary a').click();
      expect(focused(form)).to.equal('f-accountNumber');
    });

    it('shows exactly what will be sent, nothing masked, and sends exactly that', async () => {
      const form = await reviewed();
      expect(focused(form)).to.equal('title');
      const rows = Array.from(form.renderRoot.querySelectorAll('dl > div'), (row) => [
        wordsOf(row.querySelector('dt')),
        wordsOf(row.querySelector('dd')),
      ]);
      expect(rows).to.deep.equal([
        ['Send to', 'E-wallet'],
        ['Wallet', 'GCash'],
        ['Account type', 'Individual'],
        ['Wallet number', '09171234567'],
        ['Account holder', 'Maria Clara Santos'],
        ['Amount', '₱1,250.00 1250.00 PHP'],
        ['Reference', 'INV-2041'],
      ]);
      expect(wordsOf(primary(form))).to.equal('Send ₱1,250.00');
      primary(form).click();
      await until(() => form.step === 'accepted', 'It was not accepted.');
      expect(posts().map(({ url, body }) => [url.pathname, body])).to.deep.equal([['/lesspay/payouts', REQUEST]]);
    });

    it('goes back to the fields with everything as it was', async () => {
      const form = await reviewed();
      inside(form, '[part=secondary]').click();
      await form.updateComplete;
      expect(form.step).to.equal('edit');
      expect(inside<HTMLInputElement>(form, '#f-amount').value).to.equal('1,250.00');
      expect(focused(form)).to.equal('f-accountNumber');
    });

    it('can be filled, looked over and sent by keyboard alone', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form proxy="/lesspay" currency="PHP" method="ewallet" payout></lesspay-recipient-form>`,
      );
      inside(form, '[data-field=method]:checked').focus();
      const tab = () => sendKeys({ press: 'Tab' });
      await tab(); // currency
      await tab(); // account type
      await tab(); // wallet
      await sendKeys({ type: ' ' });
      await tab();
      await sendKeys({ type: '0917 123 4567' });
      await tab();
      await sendKeys({ type: 'Maria Clara Santos' });
      await tab();
      await sendKeys({ type: '1,250' });
      await tab();
      await sendKeys({ type: 'INV-2041' });
      await sendKeys({ press: 'Enter' });
      await form.updateComplete;
      expect(form.step).to.equal('review');
      primary(form).focus();
      await sendKeys({ press: 'Enter' });
      await until(() => form.step === 'accepted', 'It was not accepted.');
      expect(posts().map(({ body }) => body)).to.deep.equal([REQUEST]);
    });
  });

  describe('sending', () => {
    it('happens once for a double click and a call at the same time', async () => {
      const form = await reviewed();
      const button = primary(form);
      button.click();
      button.click();
      const [first, second] = await Promise.all([form.submit(), form.submit()]);
      expect(first === second).to.equal(true);
      expect(posts()).to.have.length(1);
      expect(keys()[0]).to.match(/^[A-Za-z0-9_-]{8,128}$/);
    });

    it('says what happens next and tells the page', async () => {
      let told: LesspaySubmittedEvent | undefined;
      addEventListener('lesspay-submitted', (event) => (told = event), { once: true });
      const form = await sent(accepted());
      expect(title(form)).to.equal('Payout accepted');
      expect(focused(form)).to.equal('title');
      expect(wordsOf(form.renderRoot.querySelector('.intro'))).to.equal(
        'Lesspay reviews payouts by hand; you will see it here.',
      );
      expect(form.matches(':state(accepted)')).to.equal(true);
      expect(told).to.include({
        requestId: 'q7m2kd94xt0cwz8n5hbr',
        status: 'review',
        total: '1250.00',
        currency: 'PHP',
        reference: 'INV-2041',
      });
      expect(told?.recipient).to.deep.equal(WALLET);
      await form.submit();
      expect(posts(), 'an accepted payout is not sent again').to.have.length(1);
    });

    it('shows how the payout fares, and starts another with empty fields', async () => {
      const form = await sent(accepted());
      proxy.answer(() => status('succeeded'));
      inside(form, '[part=secondary]').click();
      await until(() => title(form) === 'Payout completed', 'The status did not change.');
      inside(form, '[part=secondary]').click();
      await form.updateComplete;
      expect(form.step).to.equal('edit');
      expect(form.value).to.equal(undefined);
      expect(inside<HTMLInputElement>(form, '#f-amount').value).to.equal('');
      expect(form.currency).to.equal('PHP');
    });

    it('does nothing while the form is disabled', async () => {
      const form = await payoutForm();
      form.disabled = true;
      expect(form.review()).to.equal(false);
      expect(await form.submit()).to.equal(undefined);
      expect(posts()).to.have.length(0);
    });

    it('is refused without the payout attribute', async () => {
      const form = await payoutForm();
      form.payout = false;
      let error: unknown;
      await form.submit().catch((reason: unknown) => (error = reason));
      expect(String(error)).to.contain('payout');
    });
  });

  describe('an unknown outcome', () => {
    it('is called that, never failed, and is asked about with the same key', async () => {
      const errors: LesspayErrorEvent[] = [];
      const listen = (event: LesspayErrorEvent) => errors.push(event);
      addEventListener('lesspay-error', listen);
      for (const fault of [
        new TypeError('cut off'),
        problem('outcome-unknown', 503, true),
        problem('internal-error', 500),
      ]) {
        proxy.calls.length = 0;
        const form = await sent(fault);
        expect(form.step).to.equal('unknown');
        expect(title(form)).to.equal('The outcome is not known yet');
        expect(form.renderRoot.querySelector('[part=secondary]'), 'there is no way back to a second payout').to.equal(
          null,
        );
        primary(form).click();
        await until(() => wordsOf(form.renderRoot).includes('Still not known.'), 'It was not asked about.');
        proxy.answer(() => accepted());
        primary(form).click();
        await until(() => form.step === 'accepted', 'It was not accepted.');
        expect(new Set(keys()).size).to.equal(1);
        expect(posts().map(({ body }) => body)).to.deep.equal([REQUEST, REQUEST, REQUEST]);
      }
      removeEventListener('lesspay-error', listen);
      expect(errors.map(({ code }) => code)).to.include.members(['network', 'outcome-unknown', 'internal-error']);
    });

    it('is asked about by the payout’s number where there is one', async () => {
      const form = await sent(accepted('unknown'));
      expect(form.step).to.equal('unknown');
      proxy.answer(() => status('processing'));
      primary(form).click();
      await until(() => form.step === 'accepted', 'It was not found out.');
      expect(proxy.calls.map(({ method, url }) => `${method} ${url.pathname}`)).to.deep.equal([
        'POST /lesspay/payouts',
        'GET /lesspay/payouts/q7m2kd94xt0cwz8n5hbr',
      ]);
      expect(wordsOf(form.renderRoot.querySelector('.intro'))).to.contain('on its way');
    });

    it('is what a time-out leaves: it can be asked about, not sent again', async () => {
      const setTimeout = window.setTimeout.bind(window);
      // Only the deadline of a call is this long.
      const hurried = (run: () => void, delayMs = 0) => setTimeout(run, delayMs >= 30_000 ? 30 : delayMs);
      window.setTimeout = hurried as typeof setTimeout;
      try {
        const never = deferred<ProxyAnswer>();
        proxy.answer(() => never.promise);
        const form = await reviewed();
        primary(form).click();
        await until(() => form.step === 'unknown', 'It did not time out.');
        await form.updateComplete;
        expect(title(form)).to.equal('The outcome is not known yet');
        const acts = form.renderRoot.querySelectorAll<HTMLElement>('[data-act]');
        expect(Array.from(acts, wordsOf)).to.deep.equal(['Check again']);
        proxy.answer(() => accepted());
        primary(form).click();
        await until(() => form.step === 'accepted', 'It was not found out.');
        expect(new Set(keys()).size).to.equal(1);
      } finally {
        window.setTimeout = setTimeout;
      }
    });

    it('survives a reset of the page’s form and stays unknown when the status cannot be asked', async () => {
      const form = await sent(accepted('unknown'));
      form.formResetCallback();
      expect(form.step).to.equal('unknown');
      proxy.answer(() => problem('payout-not-found', 404));
      primary(form).click();
      await until(() => wordsOf(form.renderRoot).includes('Still not known.'), 'It was not asked about.');
      expect(form.step).to.equal('unknown');
      expect(posts()).to.have.length(1);
    });
  });

  it('runs, with its picker, under a strict Content Security Policy with Trusted Types', async () => {
    const frame = await fixture<HTMLIFrameElement>(
      html`<iframe
        title="Back office"
        src="/test/elements/pages/strict-forms.html?strict"
        width="900"
        height="900"
      ></iframe>`,
    );
    await until(() => frame.contentDocument?.querySelector('lesspay-recipient-form'), 'The page is not there.');
    const page = frame.contentWindow as Window & typeof globalThis & { violations: string[] };
    await page.customElements.whenDefined('lesspay-recipient-form');
    const { document } = page;
    const form = document.querySelector<LesspayRecipientForm>('lesspay-recipient-form')!;
    const picker = document.querySelector<LesspayBankPicker>('lesspay-bank-picker')!;
    const stub = new StubProxy(({ url }) => {
      const banks = [{ id: 1, name: 'MBSB BANK BERHAD', reference: 'PAYOUT_MBSB_BANK_WEBPAY', active: true }];
      if (url.pathname.endsWith('/banks')) return { json: { banks, fetchedAt: '2026-11-20T10:00:00Z', stale: true } };
      return accepted();
    }, page);
    await picker.reload();
    inside(picker, '[role=combobox]').click();
    await picker.updateComplete;
    expect(inside(picker, '#popup').matches(':popover-open')).to.equal(true);
    expect(inside(picker, '#popup').getBoundingClientRect().width).to.be.greaterThan(100);
    form.value = { ...WALLET };
    form.amount = '1250';
    form.reference = 'INV-2041';
    await form.submit();
    await form.updateComplete;
    expect(form.step).to.equal('accepted');
    expect(page.getComputedStyle(inside(form, '[part=secondary]')).borderRadius).to.equal('8px');
    expect(page.violations).to.deep.equal([]);
    stub.restore();
  });

  describe('a refusal', () => {
    it('lands on its fields and takes the operator there', async () => {
      const form = await sent({
        status: 422,
        json: {
          ...(problem('invalid-recipient', 422) as { json: object }).json,
          errors: [
            { path: 'payouts.0.recipient.accountNumber', code: 'wallet-account-format' },
            { path: 'payouts.0.reference', code: 'request-id-characters' },
          ],
        },
      });
      expect(form.step).to.equal('edit');
      expect(focused(form)).to.equal('summary');
      const said = (name: string) => wordsOf(form.renderRoot.querySelector(`#f-${name}-error`));
      expect(said('accountNumber')).to.equal('Enter the wallet number, such as 09171234567.');
      expect(said('reference')).to.contain('The reference has letters');
      expect(inside<HTMLInputElement>(form, '#f-accountNumber').value).to.equal('09171234567');
      type(inside(form, '#f-accountNumber'), '09171234568');
      await form.updateComplete;
      expect(said('accountNumber')).to.equal('');
    });

    it('says in words what the upstream’s code means, at the field it speaks of', async () => {
      const texts: Partial<Record<string, string>> = en.payoutDesk;
      for (const code of ['30000', '30001', '30002', '30003', '30007', '30008', '30010', '30011', '20298']) {
        const form = await sent(refused(code));
        expect(texts[`upstream.${code}`], code).to.be.a('string');
        expect(wordsOf(form.renderRoot.querySelector('#summary-title'))).to.equal(texts[`upstream.${code}`]);
        expect(form.step).to.equal('edit');
      }
      const form = await sent(
        refused('30006', [{ path: 'payouts.0.recipient.accountNumber', code: 'upstream-refused' }]),
      );
      expect(wordsOf(form.renderRoot.querySelector('#summary-title'))).to.contain('(code: 30006)');
      expect(wordsOf(form.renderRoot.querySelector('#f-accountNumber-error'))).to.equal(
        'The wallet number was refused. Compare it with the source.',
      );
      expect(form.renderRoot.querySelector('b'), 'text of the proxy is not shown').to.equal(null);
      const unclear = await sent(refused('20151'));
      expect(wordsOf(unclear.renderRoot.querySelector('#summary-title'))).to.equal(en.payoutDesk['upstream.30000']);
    });

    it('makes the next review a new attempt, and an edited payout too', async () => {
      const form = await sent(refused('30006'));
      proxy.answer(() => accepted());
      type(inside(form, '#f-accountNumber'), '09181234567');
      primary(form).click();
      await form.updateComplete;
      primary(form).click();
      await until(() => form.step === 'accepted', 'It was not accepted.');
      expect(new Set(keys()).size).to.equal(2);
    });

    it('stays at the review where no field can cure it, and keeps the key for another try', async () => {
      const form = await sent(problem('upstream-unavailable', 503, true));
      expect(form.step).to.equal('review');
      expect(wordsOf(form.renderRoot.querySelector('#summary-title'))).to.equal(
        en.payoutDesk['problem.upstream-unavailable'],
      );
      expect(focused(form)).to.equal('summary');
      proxy.answer(() => accepted());
      primary(form).click();
      await until(() => form.step === 'accepted', 'It was not accepted.');
      expect(new Set(keys()).size).to.equal(1);
      expect(posts()).to.have.length(2);
    });

    it('names a code that has no words of its own', async () => {
      const form = await sent(problem('merchant-error', 422));
      expect(wordsOf(form.renderRoot.querySelector('#summary-title'))).to.contain('merchant-error');
    });
  });
});
