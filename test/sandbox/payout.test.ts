import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_SECRET, createFixture } from './fixture.ts';

const BATCH = 'payout/batch/create-order';
const SINGLE = 'payout/create-order';
const QUERY = 'payout/query';
type Members = Record<string, unknown>;

function bankDetail(changes: Members = {}): Members {
  return {
    mch_order_id: 'INV-1',
    amount: '100.00',
    destination_type: 'bank',
    bank_account_name: 'Maria Clara Santos',
    bank_account_no: '138000000001',
    bank_account_type: 'individual',
    bank_name: 'BDO Unibank, Inc.',
    bank_country_code: 'PH',
    bank_swift_code: 'BNORPHMM',
    ...changes,
  };
}

function wallet(changes: Members = {}): Members {
  return {
    account_name: 'Maria Clara Santos',
    account_number: '09171234501',
    account_type: 'individual',
    provider: 'GCash',
    deposit_key_type: 'phone',
    deposit_key: '09171234501',
    ...changes,
  };
}

function walletDetail(changes: Members = {}, walletChanges: Members = {}): Members {
  const e_wallet = wallet(walletChanges);
  return { mch_order_id: 'INV-1', amount: '100.00', destination_type: 'ewallet', e_wallet, ...changes };
}

function batch(changes: Members = {}, details: Members[] = [bankDetail()]): Members {
  return {
    request_id: 'BATCH-1',
    currency: 'PHP',
    total_amount: '100.00',
    way_type: 'BANK_TRANSFER',
    way_code: 'TAZAPAY_PAYOUT',
    notify_url: 'https://shop.example/lesspay/webhooks/lesspay/payout',
    payout_order_details: details,
    ...changes,
  };
}

const TWO = [bankDetail(), bankDetail({ mch_order_id: 'INV-2', amount: '50.50' })];

function single(changes: Members = {}, destination: Members = {}, beneficiary: Members = {}): Members {
  return {
    request_id: 'SINGLE-1',
    amount: '100.50',
    currency: 'PHP',
    product_name: 'Payout',
    description: 'Payout',
    way_code: 'EPAY_PAYOUT',
    notify_url: 'https://shop.example/lesspay/webhooks/lesspay/payout',
    beneficiary: {
      beneficiary_type: 'individual',
      beneficiary_info: { name: 'Maria Clara Santos' },
      destination: {
        type: 'bank',
        bank: { country: 'PH', bank_name: 'BDO', account_number: '138000000001' },
        ...destination,
      },
      ...beneficiary,
    },
    ...changes,
  };
}

const pix = (changes: Members = {}): Members => ({
  type: 'ewallet',
  e_wallet: { ewallet_provider: 'PIX', account_number: 'ana@example.com', account_type: 'email', ...changes },
});

describe('payout batch create-order', () => {
  it('takes a batch into review and answers as documented', async () => {
    const { call, control } = createFixture();
    const { status, code, data } = await call(BATCH, batch({ total_amount: '150.50' }, TWO));
    assert.deepEqual([status, code], [200, 0]);
    assert.equal(data.request_id, 'BATCH-1');
    assert.equal(data.order_status, 'PENDING_CONFIRM');
    assert.equal(data.total_count, 2);
    assert.deepEqual(data.total_amount_obj, { amountStr: '150.50', currencyCode: 'PHP' });
    assert.match(String(data.created_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
    assert.match(String(data.pay_order_id), /^PO\d{19}$/);
    assert.equal(control.payouts[0]?.details.length, 2);
  });

  it('takes each documented form of a recipient', async () => {
    const { call } = createFixture();
    const bodies = [
      batch({}, [bankDetail({ destination_type: undefined })]),
      batch({ destination_type: 'bank' }, [bankDetail({ destination_type: undefined })]),
      batch({ destination_type: 'ewallet' }, [walletDetail()]),
      batch({ way_type: undefined }),
      batch({ way_type: 'WALLET_TRANSFER' }, [walletDetail({}, { provider: 'PayMaya' })]),
      batch({ currency: 'IDR', way_type: 'E_WALLET' }, [
        walletDetail({}, { provider: 'Gopay', deposit_key: '081234567890' }),
      ]),
      batch({ currency: 'BRL' }, [
        walletDetail(
          {},
          { provider: 'PIX', account_number: '52998224725', deposit_key_type: 'cpf', deposit_key: '52998224725' },
        ),
      ]),
      batch({ currency: 'CNY' }, [bankDetail({ bank_country_code: 'CN', bank_swift_code: undefined })]),
      batch({ total_amount: '100' }),
    ];
    for (const [index, body] of bodies.entries()) {
      const { code, msg } = await call(BATCH, { ...body, request_id: `form-${index}` });
      assert.equal(code, 0, `${index}: ${msg}`);
    }
  });

  const REFUSALS: [number, string, Members][] = [
    [30000, 'no request_id', batch({ request_id: '' })],
    [30000, 'a request_id over 64 characters', batch({ request_id: 'r'.repeat(65) })],
    [30000, 'no way_code', batch({ way_code: undefined })],
    [30000, 'an unknown way_type', batch({ way_type: 'CASH' })],
    [30000, 'no notify_url', batch({ notify_url: undefined })],
    [30000, 'a notify_url that is not http', batch({ notify_url: 'shop.example/hook' })],
    [30000, 'no details', batch({ payout_order_details: undefined })],
    [30000, 'an empty list of details', batch({}, [])],
    [30000, 'details that are no list', batch({ payout_order_details: '[]' })],
    [30000, 'a detail that is no object', batch({ payout_order_details: ['x'] })],
    [30000, 'no mch_order_id', batch({}, [bankDetail({ mch_order_id: undefined })])],
    [30000, 'a mch_order_id over 64 characters', batch({}, [bankDetail({ mch_order_id: 'i'.repeat(65) })])],
    [30000, 'an unknown destination_type', batch({}, [bankDetail({ destination_type: 'cash' })])],
    [30000, 'a destination_type unlike the root’s', batch({ destination_type: 'ewallet' })],
    [30000, 'no bank_account_name', batch({}, [bankDetail({ bank_account_name: null })])],
    [30000, 'no bank_name', batch({}, [bankDetail({ bank_name: '' })])],
    [30000, 'no bank_swift_code for a bank overseas', batch({}, [bankDetail({ bank_swift_code: undefined })])],
    [30000, 'a bank_swift_code of 10 characters', batch({}, [bankDetail({ bank_swift_code: 'BNORPHMM12' })])],
    [30000, 'no e_wallet', batch({}, [walletDetail({ e_wallet: undefined })])],
    [30000, 'an e_wallet as text', batch({}, [walletDetail({ e_wallet: '{}' })])],
    [30000, 'no account_name', batch({}, [walletDetail({}, { account_name: undefined })])],
    [30000, 'no deposit_key', batch({}, [walletDetail({}, { deposit_key: undefined })])],
    [30000, 'no deposit_key_type', batch({}, [walletDetail({}, { deposit_key_type: undefined })])],
    [30000, 'an unknown deposit_key_type', batch({}, [walletDetail({}, { deposit_key_type: 'upi' })])],
    [30000, 'a deposit_key of another type', batch({}, [walletDetail({}, { deposit_key_type: 'cnpj' })])],
    [30000, 'a provider of another currency', batch({}, [walletDetail({}, { provider: 'Gopay' })])],
    [30000, 'a provider in other letters', batch({}, [walletDetail({}, { provider: 'Gcash' })])],
    [30000, 'the demo’s spelling GoPay', batch({ currency: 'IDR' }, [walletDetail({}, { provider: 'GoPay' })])],
    [30001, 'an unsupported currency', batch({ currency: 'XOF' })],
    [30002, 'a total that is not the sum', batch({ total_amount: '100.01' })],
    [30002, 'a total of two details that is short of a cent', batch({ total_amount: '150.49' }, TWO)],
    [30004, 'an unknown bank_account_type', batch({}, [bankDetail({ bank_account_type: 'company' })])],
    [30004, 'an unknown account_type of a wallet', batch({}, [walletDetail({}, { account_type: 'cpf' })])],
    [30005, 'a country that is none', batch({}, [bankDetail({ bank_country_code: 'ZZ' })])],
    [30005, 'a country of three letters', batch({}, [bankDetail({ bank_country_code: 'PHL' })])],
    [30005, 'a country in lower case', batch({}, [bankDetail({ bank_country_code: 'ph' })])],
    [30006, 'an account with blanks', batch({}, [bankDetail({ bank_account_no: '1380 0000 0001' })])],
    [30006, 'an account of three digits', batch({}, [bankDetail({ bank_account_no: '138' })])],
    [30006, 'an account as a number', batch({}, [bankDetail({ bank_account_no: 138000000001 })])],
    [30006, 'a wallet account with blanks', batch({}, [walletDetail({}, { account_number: '0917 123 4501' })])],
    [30007, 'one mch_order_id twice', batch({ total_amount: '200.00' }, [bankDetail(), bankDetail()])],
    [30008, 'another transaction_type', batch({ transaction_type: 'PAY_IN' })],
    [30009, 'an amount as a number', batch({ total_amount: 100 })],
    [30009, 'an amount of zero', batch({ total_amount: '0' })],
    [30009, 'a negative amount', batch({}, [bankDetail({ amount: '-100.00' })])],
    [30009, 'an amount with grouping', batch({}, [bankDetail({ amount: '1,00' })])],
    [30009, 'an amount with three decimals', batch({}, [bankDetail({ amount: '100.001' })])],
  ];
  for (const [expected, why, body] of REFUSALS) {
    it(`answers ${expected} to ${why}`, async () => {
      const { call, control } = createFixture();
      const { status, code, data } = await call(BATCH, body);
      assert.deepEqual([status, code, data], [200, expected, null]);
      assert.equal(control.payouts.length, 0);
    });
  }

  it('asks for way_type when the option says so', async () => {
    const { call } = createFixture({
      lesspay: { appId: '690b2b46e4b09c73147db688', appSecret: APP_SECRET, requireWayType: true },
    });
    assert.equal((await call(BATCH, batch({ way_type: undefined }))).code, 30000);
    assert.equal((await call(BATCH, batch())).code, 0);
  });

  it('answers 30011 to the same request again and 30010 to another under its request_id', async () => {
    const { call, control } = createFixture();
    await call(BATCH, batch());
    assert.equal((await call(BATCH, batch())).code, 30011);
    assert.equal((await call(BATCH, batch({}, [bankDetail({ bank_account_no: '138000000002' })]))).code, 30010);
    assert.equal((await call(SINGLE, single({ request_id: 'BATCH-1' }))).code, 30010);
    assert.equal(control.payouts.length, 1);
  });
});

describe('payout create-order', () => {
  it('takes a single payout into review', async () => {
    const { call } = createFixture();
    const { code, data } = await call(SINGLE, single());
    assert.equal(code, 0);
    assert.equal(data.order_status, 'PENDING_CONFIRM');
    const query = await call(QUERY, { request_id: 'SINGLE-1' });
    assert.equal(query.data.total_amount, '100.50');
  });

  it('takes wallets, PIX, IBANs and crypto', async () => {
    const { call } = createFixture();
    const bodies = [
      single({ currency: 'BRL' }, pix()),
      single(
        { currency: 'BRL' },
        pix({ account_type: 'cpf', deposit_key: '52998224725', account_number: '52998224725' }),
      ),
      single({ currency: 'PKR' }, { bank: { country: 'PK', iban: 'PK36SCBL0000001123456702' } }),
      single(
        { currency: 'USDT', way_code: undefined, way_type: 'CRYPTO' },
        {
          type: 'crypto_wallet',
          crypto_wallet: { wallet_address: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8', network: 'TRC20' },
        },
      ),
      single(
        {},
        {},
        {
          beneficiary_info: {
            first_name: 'Maria',
            last_name: 'Santos',
            phone: { calling_code: '63', number: '9171234501' },
          },
        },
      ),
    ];
    for (const [index, body] of bodies.entries()) {
      const { code, msg } = await call(SINGLE, { ...body, request_id: `form-${index}` });
      assert.equal(code, 0, `${index}: ${msg}`);
    }
  });

  const REFUSALS: [number, string, Members][] = [
    [30000, 'neither way_code nor way_type', single({ way_code: undefined })],
    [30000, 'no beneficiary', single({ beneficiary: undefined })],
    [30000, 'no name', single({}, {}, { beneficiary_info: { email: 'a@b.example' } })],
    [30000, 'an unknown destination', single({}, { type: 'cash' })],
    [
      30000,
      'an unknown kind of bank account',
      single({}, { bank: { country: 'PH', account_number: '1234', account_type: 'loan' } }),
    ],
    [
      30000,
      'a swift_code of 9 characters',
      single({}, { bank: { country: 'PH', account_number: '1234', bank_codes: { swift_code: 'BNORPHMM1' } } }),
    ],
    [
      30000,
      'an unknown network',
      single({}, { type: 'crypto_wallet', crypto_wallet: { wallet_address: 'x', network: 'BTC' } }),
    ],
    [30000, 'an unknown key type', single({ currency: 'BRL' }, pix({ account_type: 'individual' }))],
    [
      30000,
      'a calling code over 5 characters',
      single({}, {}, { beneficiary_info: { name: 'M', phone: { calling_code: '+00063', number: '1' } } }),
    ],
    [30001, 'an unsupported currency', single({ currency: 'XOF' })],
    [30004, 'an unknown beneficiary_type', single({}, {}, { beneficiary_type: 'person' })],
    [30005, 'an unknown bank country', single({}, { bank: { country: 'XX', account_number: '1234' } })],
    [30005, 'an unknown nationality', single({}, {}, { beneficiary_info: { name: 'M', nationality: 'Filipino' } })],
    [30006, 'neither account_number nor iban', single({}, { bank: { country: 'PH' } })],
    [30006, 'an iban with blanks', single({}, { bank: { country: 'PK', iban: 'PK36 SCBL' } })],
    [30009, 'an amount in other form', single({ amount: '100.505' })],
    [30009, 'decimals of a currency without', single({ amount: '2000.50', currency: 'JPY' })],
  ];
  for (const [expected, why, body] of REFUSALS) {
    it(`answers ${expected} to ${why}`, async () => {
      const { call, control } = createFixture();
      assert.equal((await call(SINGLE, body)).code, expected);
      assert.equal(control.payouts.length, 0);
    });
  }
});

describe('payout review and settlement', () => {
  it('waits in review until somebody decides', async () => {
    const { call, control, received } = createFixture();
    await call(BATCH, batch());
    await control.clock.advance(7 * 86_400_000);
    assert.equal((await call(QUERY, { request_id: 'BATCH-1' })).data.order_status, 'PENDING_CONFIRM');
    assert.equal(received.length, 0);
  });

  it('goes through PENDING_PAY to SUCCEED with one webhook, signed over the whole body', async () => {
    const { call, control, received } = createFixture();
    const created = await call(BATCH, batch({ total_amount: '150.50' }, TWO));
    control.approve('BATCH-1');
    const processing = await call(QUERY, { request_id: 'BATCH-1' });
    assert.equal(processing.data.order_status, 'PENDING_PAY');
    await control.clock.advance(500);
    const { data } = await call(QUERY, { pay_order_id: created.data.pay_order_id });
    assert.equal(data.order_status, 'SUCCEED');
    const details = data.details as Members[];
    assert.deepEqual(
      details.map(({ mch_order_id, amount, status, audit_state }) => [mch_order_id, amount, status, audit_state]),
      [
        ['INV-1', '100.00', 'Succeeded', 'APPROVED'],
        ['INV-2', '50.50', 'Succeeded', 'APPROVED'],
      ],
    );
    assert.equal(details[0]!.bank_account_no, '1380****0001');
    assert.equal(details[0]!.bank_account_name, 'M****S');
    assert.equal(received.length, 1);
    assert.deepEqual(received[0]!.body, data);
    assert.equal(received[0]!.headers.get('x-auth-signature'), signatureOf(received[0]!.text, APP_SECRET));
  });

  it('approves by itself after reviewDelayMs', async () => {
    const { call, control } = createFixture({ reviewDelayMs: 60_000 });
    await call(BATCH, batch());
    await control.clock.advance(59_999);
    assert.equal(control.payouts[0]?.status, 'PENDING_CONFIRM');
    await control.clock.advance(501);
    assert.equal(control.payouts[0].status, 'SUCCEED');
  });

  it('fails and tells when review rejects', async () => {
    const { call, control, received } = createFixture({ reviewDelayMs: 60_000 });
    await call(BATCH, batch());
    control.reject('BATCH-1', 'Sanctions list');
    await control.clock.advance(120_000);
    assert.equal(received.length, 1);
    assert.equal(received[0]!.body.order_status, 'FAILED');
    const [detail] = received[0]!.body.details as Members[];
    assert.equal(detail?.audit_state, 'REJECTED');
    assert.equal(detail.rejected_reason, 'Sanctions list');
    assert.throws(() => control.approve('BATCH-1'), /not waiting for review/);
  });

  it('settles in part, by the first detail or by each reference', async () => {
    const { call, control, received } = createFixture();
    await call(BATCH, batch({ total_amount: '150.50' }, TWO));
    await call(BATCH, batch({ request_id: 'BATCH-2', total_amount: '150.50' }, TWO));
    control.settle('BATCH-1', 'partly-succeeded');
    control.settle('BATCH-2', { 'INV-1': 'failed', 'INV-2': 'succeeded' });
    await control.idle();
    const statuses = received.map(({ body }) => (body.details as Members[]).map(({ status }) => status));
    assert.deepEqual(statuses, [
      ['Succeeded', 'FAILED'],
      ['FAILED', 'Succeeded'],
    ]);
    assert.deepEqual(
      received.map(({ body }) => body.order_status),
      ['PARTIAL_SUCCESS', 'PARTIAL_SUCCESS'],
    );
  });

  it('cannot settle twice, nor one detail in part', async () => {
    const { call, control } = createFixture();
    await call(BATCH, batch());
    assert.throws(() => control.settle('BATCH-1', 'partly-succeeded'), /one detail/);
    control.settle('BATCH-1', 'failed');
    assert.equal(control.payouts[0]?.status, 'FAILED');
    assert.throws(() => control.settle('BATCH-1', 'succeeded'), /already ended/);
  });

  it('fails the amount 200000, as Tazapay’s test mode does', async () => {
    const { call, control } = createFixture();
    await call(BATCH, batch({ total_amount: '200000.00' }, [bankDetail({ amount: '200000.00' })]));
    control.approve('BATCH-1');
    await control.clock.advance(500);
    assert.equal(control.payouts[0]?.status, 'FAILED');
  });

  it('can be returned after it succeeded', async () => {
    const { call, control, received } = createFixture();
    await call(BATCH, batch());
    assert.throws(() => control.refund('BATCH-1'), /has not succeeded/);
    control.settle('BATCH-1', 'succeeded');
    control.refund('BATCH-1');
    await control.idle();
    assert.equal(received.at(-1)?.body.order_status, 'REFUND');
  });
});

describe('the other payout endpoints', () => {
  it('answers 30020 to a query of what it does not know, and 30000 without an id', async () => {
    const { call, control } = createFixture();
    await call(BATCH, batch());
    assert.equal((await call(QUERY, { request_id: 'nope' })).code, 30020);
    assert.equal((await call(QUERY, { pay_order_id: 'BATCH-1' })).code, 30020);
    assert.equal((await call(QUERY, { request_id: 'nope', pay_order_id: control.payouts[0]!.payOrderId })).code, 30020);
    assert.equal((await call(QUERY, {})).code, 30000);
  });

  it('sends the webhook again for triggerNotify and answers its content', async () => {
    const { call, control, received } = createFixture();
    await call(BATCH, batch());
    const { code, data } = await call('payout/triggerNotify', { request_id: 'BATCH-1' });
    await control.idle();
    assert.equal(code, 0);
    assert.deepEqual(received[0]?.body, data);
    assert.equal((await call('payout/triggerNotify', { request_id: 'nope' })).code, 30020);
  });

  it('lists the banks of a country', async () => {
    const { call } = createFixture();
    const ask = (changes: Members = {}) =>
      call('payout/bank', { bank_country_code: 'PH', currency: 'PHP', way_code: 'TAZAPAY_PAYOUT', ...changes });
    const { data } = await ask();
    assert.ok((data as unknown as { code: string }[]).some(({ code }) => code === 'BNORPHMM'));
    assert.deepEqual((await ask({ bank_country_code: 'NZ' })).data, []);
    assert.equal((await ask({ bank_country_code: 'Philippines' })).code, 30005);
    assert.equal((await ask({ currency: 'PESO' })).code, 30001);
    assert.equal((await ask({ way_code: '' })).code, 30000);
  });

  it('lists the banks of the options', async () => {
    const { call } = createFixture({ payoutBanks: { NZ: [{ code: '01', name: 'Anz' }] } });
    const { data } = await call('payout/bank', { bank_country_code: 'NZ', currency: 'USD', way_code: 'X' });
    assert.deepEqual(data, [{ code: '01', name: 'Anz' }]);
  });

  it('tells a balance that payouts lower, and refuses channels that tell none', async () => {
    const { call } = createFixture();
    const before = await call('payout/balance', { currency: 'PHP', way_code: 'TAZAPAY_PAYOUT' });
    await call(BATCH, batch());
    const after = await call('payout/balance', { currency: 'PHP', way_code: 'TAZAPAY_PAYOUT' });
    assert.equal(Number(before.data.balance) - Number(after.data.balance), 100);
    assert.equal((await call('payout/balance', { currency: 'THB', way_code: 'TWELVEPAY_PAYOUT' })).code, 30000);
    assert.equal((await call('payout/balance', { currency: 'XOF', way_code: 'X' })).code, 30001);
  });
});
