import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { SigningProxyOptions } from 'lesspay-elements/proxy';
import { walletProviders } from 'lesspay-elements/rules';
import { SANDBOX } from '../../demo/server/sandbox-credentials.ts';
import { CORRIDORS, type Corridor } from './corridor-table.ts';
import { formByKeyboard } from './form-by-keyboard.ts';
import { type RunningForm, runForm } from './running-form.ts';

type Route = NonNullable<SigningProxyOptions['payout']>['routes'][number];

const CURRENCIES = 'PHP IDR BRL MYR INR THB VND CNY HKD SGD KRW JPY AUD CAD USD EUR GBP NGN KES PKR MXN'.split(' ');
/** Their banks are named by codes that a batch has no members for. */
const BY_CODE = new Set(['BRL', 'INR', 'JPY', 'AUD', 'CAD', 'USD', 'GBP']);
const WALLET_CURRENCIES = ['PHP', 'IDR', 'BRL'];
const CHANNEL = 'TAZAPAY_PAYOUT';

const route = (currency: string, method: 'bank' | 'ewallet', endpoint: 'batch' | 'single'): Route => ({
  currency,
  method,
  endpoint,
  wayCode: CHANNEL,
});

const PROXIES: Readonly<Record<string, Route[]>> = {
  '/lesspay': [
    ...CURRENCIES.map((currency) => route(currency, 'bank', BY_CODE.has(currency) ? 'single' : 'batch')),
    ...WALLET_CURRENCIES.map((currency) => route(currency, 'ewallet', 'batch')),
  ],
  '/codes': [
    route('CNY', 'bank', 'single'),
    ...WALLET_CURRENCIES.map((currency) => route(currency, 'ewallet', 'single')),
  ],
};

const PATHS = {
  batch: '/api/global/payout/batch/create-order',
  single: '/api/global/payout/create-order',
  leanx: '/api/v1/merchant/create-payout-invoice',
} as const;

describe('A payout entered by keyboard', { timeout: 240_000 }, () => {
  let run: RunningForm;
  let page: Page;
  let complaints: string[];
  before(async () => {
    run = await runForm(PROXIES);
    const visit = await run.visit({ payout: '', proxy: '/lesspay' });
    ({ page, complaints } = visit);
  });
  after(() => run.close());

  /** The body that the documentation asks for. */
  function documented({ asked, currency, proxy }: Corridor, reference: string, requestId: string) {
    const { via, ...members } = asked(reference);
    const path = PATHS[via];
    if (via === 'leanx') {
      const body = {
        ...members,
        virtual_pool_reference: SANDBOX.leanx.poolReference,
        client_callback_url: `${run.origin}${proxy ?? '/lesspay'}/webhooks/leanx`,
        external_invoice_ref: requestId,
      };
      return { path, body };
    }
    const head = {
      request_id: requestId,
      currency,
      way_code: CHANNEL,
      notify_url: `${run.origin}${proxy ?? '/lesspay'}/webhooks/lesspay/payout`,
      ...(via === 'single' && { product_name: 'Payout', description: reference }),
    };
    return { path, body: { ...head, ...members } };
  }

  for (const [index, corridor] of CORRIDORS.entries()) {
    const { currency, method, provider, what, entered } = corridor;
    const proxy: string = corridor.proxy ?? '/lesspay';
    it(`of ${currency} by ${provider ?? method}, ${what}, is sent as documented`, async () => {
      const reference = `${currency}-${index + 1}`;
      await page.evaluate((path) => {
        const form = document.querySelector('lesspay-recipient-form');
        form?.setAttribute('proxy', path);
        form?.closest('form')?.reset();
      }, proxy);
      const keyboard = formByKeyboard(page);
      const { control } = run.sandbox;
      const isCreate = ({ path }: { path: string }) => (Object.values(PATHS) as string[]).includes(path);
      const before = control.requests.filter(isCreate).length;

      await keyboard.fill({ ...entered, Reference: reference });
      await keyboard.push('Review payout');
      await page.getByRole('heading', { name: 'Check before sending' }).waitFor();
      assert.equal((await keyboard.focused()).name, 'Check before sending', 'the review has the focus');
      const reviewed = await page.locator('dd bdi').allInnerTexts();
      await keyboard.tabTo(/^Send /);
      assert.equal(control.requests.filter(isCreate).length, before, 'nothing is sent before the review');
      await keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Payout accepted' }).waitFor();
      const requestId = (await page.locator('dd bdi').allInnerTexts()).at(-1) ?? '';

      const sent = control.requests.filter(isCreate).slice(before);
      const [request] = sent;
      assert.equal(sent.length, 1, 'one request');
      const { path, body } = documented(corridor, reference, requestId);
      assert.equal(request?.path, path);
      assert.deepEqual(request.body, body);
      assert.match(requestId, /^[a-z0-9]{20}$/);
      assertReviewed(reviewed, corridor, reference);

      await keyboard.push('New payout');
      await page.getByRole('button', { name: 'Review payout' }).waitFor();
      assert.deepEqual(complaints, []);
    });
  }

  it('covers every currency with every method', () => {
    const wanted = [
      ...CURRENCIES.map((currency) => `${currency} bank`),
      ...WALLET_CURRENCIES.flatMap((currency) => walletProviders(currency).map((name) => `${currency} ${name}`)),
      'MYR leanx',
    ];
    const covered = new Set(CORRIDORS.map(({ currency, method, provider }) => `${currency} ${provider ?? method}`));
    assert.deepEqual(
      wanted.filter((each) => !covered.has(each)),
      [],
    );
  });
});

/** Every text that leaves for the provider has been read by the operator. */
function assertReviewed(reviewed: readonly string[], { asked }: Corridor, reference: string): void {
  const shown = new Set(reviewed.map((text) => text.replaceAll(/[\s,]/g, '')));
  const leaves: string[] = [];
  JSON.stringify(asked(reference), (key, value: unknown) => {
    if (typeof value === 'string' && !/^(via|way_type|type|destination_type)$/.test(key)) leaves.push(value);
    return value;
  });
  for (const leaf of leaves) {
    const text = leaf.replaceAll(/[\s,]/g, '');
    const isShown = [...shown].some((each) => each.toLowerCase() === text.toLowerCase() || each.endsWith(text));
    assert.ok(isShown || leaf.length <= 8, `${leaf} was not shown among ${reviewed.join(' | ')}`);
  }
}
