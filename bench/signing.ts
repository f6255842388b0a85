import { createHash } from 'node:crypto';
import { signLesspay, signTestWebhook, verifyLesspay } from 'lesspay-elements/proxy';
import { compare, type Ratio } from './ratio.ts';

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
  return () => void createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** Signing and verifying, against SHA-256 over the same body's plain JSON. */
export async function benchSigning(): Promise<Ratio[]> {
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
    void createHash('sha256')
      .update(JSON.stringify(JSON.parse(notice.body)))
      .digest('hex');
  const sha = 'SHA-256 of JSON.stringify';
  return [
    await compare(
      'signLesspay of a pay-in',
      times(TIMES, () => void signLesspay(payin, SECRET)),
      sha,
      times(TIMES, jsonHash(payin)),
    ),
    await compare(
      'signLesspay of a batch of 50',
      times(TIMES / 20, () => void signLesspay(batch, SECRET)),
      sha,
      times(TIMES / 20, jsonHash(batch)),
    ),
    await compare(
      'verifyLesspay of a notice',
      times(TIMES, verify),
      'JSON.parse, stringify, SHA-256',
      times(TIMES, parseAndHash),
    ),
  ];
}
