import type { PayoutOptions, PayoutRoute, SigningProxyOptions } from 'lesspay-elements/proxy';
import { type Answer, createShop, type Shop } from './fixture.ts';

export const ROUTES: PayoutRoute[] = [
  { currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' },
  { currency: 'IDR', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' },
  { currency: 'BRL', method: 'ewallet', wayCode: 'PAYRETAILERS_PAYOUT', endpoint: 'single' },
  { currency: 'PHP', method: 'bank', wayCode: 'TAZAPAY_PAYOUT', wayType: 'BANK_TRANSFER' },
];

export const GCASH = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Maria Santos',
  accountNumber: '09171234567',
};
export const PIX = {
  method: 'ewallet',
  provider: 'PIX',
  accountType: 'individual',
  holderName: 'Maria Santos',
  accountNumber: '11144477735',
  depositKeyType: 'cpf',
  depositKey: '11144477735',
};
export const MAYBANK = {
  method: 'leanx',
  bankId: 1,
  accountNumber: '8011408168',
  holderName: 'Siti Nurhaliza',
  recipientReference: 'Salary',
};

let keys = 0;

/** An `Idempotency-Key` that no other attempt of this process has. */
export function newKey(): string {
  keys += 1;
  return `key-${String(keys).padStart(8, '0')}`;
}

/** A shop with an office that pays out. */
export function createOffice(
  { payout = {}, ...options }: { payout?: Partial<PayoutOptions> } & Partial<Omit<SigningProxyOptions, 'payout'>> = {},
  settings: Omit<NonNullable<Parameters<typeof createShop>[0]>, 'options'> = {},
): Shop {
  return createShop({
    ...settings,
    options: {
      ...options,
      payout: {
        authorize: ({ request }) => ({ id: request.headers.get('x-operator') ?? 'op-1' }),
        routes: ROUTES,
        ...payout,
      },
    },
  });
}

/** One payout of a request. */
export function payout(reference = 'S-1', recipient: object = GCASH, amount = '10.00') {
  return { reference, amount, recipient };
}

/** Sends payouts as a page of the office does. */
export function pay(
  shop: Shop,
  payouts: object[] = [payout()],
  { currency = 'PHP', key = newKey(), headers = {} } = {},
): Promise<Answer> {
  return shop.post('/payouts', { currency, payouts }, { 'idempotency-key': key, ...headers });
}

/** The bodies of every payout request that the sandbox has received. */
export function creations(shop: Shop): Record<string, unknown>[] {
  return shop.sandbox.control.requests
    .filter(({ path }) => /payout\/(?:batch\/)?create-order$|create-payout-invoice$/.test(path))
    .map(({ body }) => body as Record<string, unknown>);
}

/** What a page of the office reads of a payout. */
export async function statusOf(shop: Shop, requestId: unknown): Promise<Record<string, unknown>> {
  return (await shop.get(`/payouts/${String(requestId)}`)).json;
}
