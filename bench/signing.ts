import * as crypto from 'node:crypto';
import { signLesspay, signTestWebhook, verifyLesspay } from 'lesspay-elements/proxy';
import { median } from './quantile.ts';
import { compare } from './ratio.ts';
import type { Figure, Section } from './report.ts';

const SECRET = 'bench-secret-0123456789abcdef';
const TIMES = 2_000;

const payin = {
  request_id: 'MCH1766992517141',
  product_name: 'Test Product',
  description: 'This is a test order',
  target_amount: '100.00',
  target_currency: 'PHP',
  transaction_type: 'PAY_IN',
  success_url: 'https://shop.example/success',
  fail_url: 'https://shop.example/fail',
  notify_url: 'https://shop.example/lesspay/webhooks/lesspay/payin',
  api_version: 'V2',
  pay_access_type: 1,
  expired_time: 1800,
};

const batch = {
  request_id: 'PO1',
  currency: 'PHP',
  total_amount: '5000.00',
  way_code: 'TAZAPAY_PAYOUT',
  notify_url: 'https://shop.example/lesspay/webhooks/lesspay/payout',
  payout_order_details: Array.from({ length: 50 }, (_, index) => ({
    mch_order_id: `POD${index}`,
    amount: '100.00',
    bank_account_name: 'Maria Clara Santos',
    bank_account_no: `00123456${String(index).padStart(4, '0')}`,
    bank_account_type: 'individual',
    bank_country_code: 'PH',
    bank_name: 'BDO Unibank, Inc.',
    bank_swift_code: 'BNORPHMM',
  })),
};

function times(count: number, work: () => void): () => void {
  return () => {
    for (let i = 0; i < count; i += 1) work();
  };
}

function jsonHash(body: unknown): () => void {
  return () => void crypto.createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** The bare digest of a text, by the quickest means that this Node has (`crypto.hash` since 20.12). */
const oneShot = (crypto as { hash?: typeof crypto.hash }).hash;
const bareHash = (text: string): string =>
  oneShot === undefined ? crypto.createHash('sha256').update(text).digest('hex') : oneShot('sha256', text, 'hex');

/** A pay-in whose plain JSON has 600 bytes. */
const sixHundred = { ...payin, description: 'A'.repeat(600 - JSON.stringify({ ...payin, description: '' }).length) };

const JSON_600 = JSON.stringify(sixHundred);

const NOTICE_MS = 1;

/** A notice about a batch of a hundred payouts, as long as they come; signed when asked for, as it is valid for minutes only. */
const signHundred = () =>
  signTestWebhook(
    {
      ...batch,
      payout_order_details: undefined,
      pay_order_id: 'P1995000000000000000',
      order_status: 'SUCCEED',
      order_status_int: 2,
      total_amount: '10000.00',
      details: Array.from({ length: 100 }, (_, index) => ({
        ...batch.payout_order_details[index % 50],
        mch_order_id: `POD${index}`,
        status: 'SUCCEED',
        order_status_int: 2,
        fail_reason: null,
      })),
    },
    SECRET,
  );

/** The median time of verifying a payout notice with a hundred details. */
function noticeFigure(): Figure {
  const { body, headers } = signHundred();
  const rawBody = new TextEncoder().encode(body);
  const took: number[] = [];
  for (let round = 0; round < 600; round += 1) {
    const started = performance.now();
    const result = verifyLesspay({
      kind: 'payout',
      rawBody,
      signature: headers['x-auth-signature'],
      timestamp: headers['x-auth-timestamp'],
      secrets: SECRET,
    });
    took.push(performance.now() - started);
    if (!result.ok) throw new Error(`The bench's notice does not verify: ${result.reason}`);
  }
  return {
    name: `verifyLesspay of a payout notice with 100 details (${rawBody.byteLength} bytes)`,
    unit: 'ms',
    value: median(took),
    atMost: NOTICE_MS,
  };
}

/** Signing and verifying, against SHA-256 over the same body's plain JSON. */
export async function benchSigning(): Promise<Section[]> {
  const notice = signTestWebhook(
    { ...payin, order_status: 'SUCCEED', order_status_int: 2, pay_order_id: 'P1' },
    SECRET,
  );
  const signature = notice.headers['x-auth-signature'];
  const verify = () => {
    const result = verifyLesspay({ kind: 'payin', rawBody: notice.body, signature, secrets: SECRET });
    if (!result.ok) throw new Error(`The bench's notice does not verify: ${result.reason}`);
  };
  const parseAndHash = () =>
    void crypto
      .createHash('sha256')
      .update(JSON.stringify(JSON.parse(notice.body)))
      .digest('hex');
  const sha = 'SHA-256 of JSON.stringify';
  const figures = [
    ...(await compare(
      'signLesspay of a pay-in',
      times(TIMES, () => void signLesspay(payin, SECRET)),
      sha,
      times(TIMES, jsonHash(payin)),
    )),
    ...(await compare(
      'signLesspay of a body of 600 bytes',
      times(10 * TIMES, () => void signLesspay(sixHundred, SECRET)),
      'its bare SHA-256',
      times(10 * TIMES, () => void bareHash(JSON_600)),
      3,
    )),
    ...(await compare(
      'signLesspay of a batch of 50',
      times(TIMES / 20, () => void signLesspay(batch, SECRET)),
      sha,
      times(TIMES / 20, jsonHash(batch)),
    )),
    ...(await compare(
      'verifyLesspay of a notice',
      times(TIMES, verify),
      'JSON.parse, stringify, SHA-256',
      times(TIMES, parseAndHash),
    )),
    noticeFigure(),
  ];
  return [
    {
      title: 'Signing and verifying',
      about: `Against SHA-256 over the same body’s plain JSON, in turns; ${TIMES.toLocaleString('en')} at a time, the body of 600 bytes ten times as many, the batch a twentieth.`,
      figures,
    },
  ];
}
