import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayinEvent, PayoutEvent } from 'lesspay-elements/proxy';
import type { Evidence, OperatorDecision } from './evidence.ts';
import { isRed, judge } from './judge.ts';

const DECISION: OperatorDecision = {
  requestId: 'P2',
  references: ['PAY-2-0'],
  decision: 'failed',
  isAtPlatform: false,
  says: ['failed', 'outcome-unknown'],
};

const PRICE = { amount: '100.00', currency: 'PHP' };

function told(type: (PayinEvent | PayoutEvent)['type'], requestId: string): PayinEvent | PayoutEvent {
  return { id: `${type}:${requestId}`, type, requestId } as PayinEvent | PayoutEvent;
}

/** What has been seen, for a case to change. */
interface Changing extends Evidence {
  records: Map<string, { status: string; details: ReadonlyMap<string, string> }>;
}

/** One paid order and one paid payout, as they should be; a case changes what it is about. */
function evidence(change: (right: Changing) => void = () => undefined): Evidence {
  const right: Changing = {
    upstream: {
      wire: [{ requestId: 'P1', at: 1, accounts: ['A1'] }],
      creates: 2,
      payins: [{ requestId: 'R1', order: 'ORD-1', status: 'SUCCEED', amount: '100.00' }],
      payouts: [
        { requestId: 'P1', status: 'SUCCEED', details: [{ reference: 'S-1', account: 'A1', status: 'Succeeded' }] },
      ],
      webhooks: { attempts: 2, acknowledged: 2, givenUp: 0 },
    },
    prices: new Map([['ORD-1', PRICE]]),
    wishes: [{ name: 'PAY-1', accounts: ['A1'], isAccepted: true }],
    decisions: [],
    paidLate: [],
    refunds: [],
    fulfilments: [{ order: 'ORD-1', requestId: 'R1', ...PRICE }],
    events: [told('payin.paid', 'R1'), told('payout.succeeded', 'P1')],
    records: new Map([
      ['R1', { status: 'paid', details: new Map() }],
      ['P1', { status: 'succeeded', details: new Map([['S-1', 'succeeded']]) }],
    ]),
  };
  change(right);
  return right;
}

function redOf(change?: (right: Changing) => void): string[] {
  return judge(evidence(change))
    .filter(isRed)
    .map(({ name }) => name);
}

describe('the judge of a campaign', () => {
  it('finds nothing wrong where nothing is', () => {
    assert.deepEqual(redOf(), []);
  });

  it('takes a payout that an operator has ended, and told of, for neither lost nor wrong', () => {
    assert.deepEqual(
      redOf(({ wishes, decisions, records, events }) => {
        wishes.push({ name: 'PAY-2', accounts: ['A2'], isAccepted: true });
        decisions.push(DECISION);
        records.set('P2', { status: 'failed', details: new Map() });
        events.push({ ...told('payout.failed', 'P2'), decidedBy: 'op-1' } as PayoutEvent);
      }),
      [],
    );
  });

  const cases: [what: string, change: (right: Changing) => void, red: string[]][] = [
    [
      'a payout that came over the wire under two ids',
      ({ upstream }) => upstream.wire.push({ requestId: 'P2', at: 2, accounts: ['A1'] }),
      ['distinct upstream request_ids per payout'],
    ],
    [
      'a payout that was paid by two orders',
      ({ upstream, records }) => {
        upstream.payouts.push({ ...upstream.payouts[0]!, requestId: 'P2', status: 'PENDING_PAY' });
        upstream.payouts[1]!.details = [{ reference: 'S-1', account: 'A1', status: 'PROCESSING' }];
        records.set('P2', {
          status: 'processing',
          details: new Map([['S-1', 'processing']]),
        });
      },
      ['money sent twice'],
    ],
    [
      'a payout that was accepted and never arrived',
      ({ wishes }) => wishes.push({ name: 'PAY-2', accounts: ['A2'], isAccepted: true }),
      ['payouts lost'],
    ],
    ['a payout that was never accepted', ({ wishes }) => (wishes[0]!.isAccepted = false), ['payouts lost']],
    [
      'goods for a payment that has failed',
      ({ upstream, records }) => {
        upstream.payins[0]!.status = 'FAILED';
        records.set('R1', { status: 'failed', details: new Map() });
      },
      ['orders fulfilled without a matching payment'],
    ],
    [
      'goods for another amount',
      ({ fulfilments }) => (fulfilments[0]!.amount = '1.00'),
      ['orders fulfilled without a matching payment'],
    ],
    ['goods that left twice', ({ fulfilments }) => fulfilments.push(fulfilments[0]!), ['fulfilments per paid order']],
    ['goods that never left', ({ fulfilments }) => (fulfilments.length = 0), ['fulfilments per paid order']],
    [
      'a record that lags behind',
      ({ records }) => records.set('R1', { status: 'pending', details: new Map() }),
      ["orders not at the upstream's truth after reconcile"],
    ],
    [
      'a part of a payout that says otherwise',
      ({ records }) => records.set('P1', { status: 'succeeded', details: new Map([['S-1', 'failed']]) }),
      ["orders not at the upstream's truth after reconcile"],
    ],
    [
      'an order with two open payments',
      ({ upstream, records }) => {
        upstream.payins.push({ requestId: 'R2', order: 'ORD-1', status: 'PENDING_PAY', amount: '100.00' });
        records.set('R2', { status: 'pending', details: new Map() });
      },
      ['orders with two live payments'],
    ],
    [
      'a second payment that was told as the first, and one that was told as nothing',
      ({ upstream, records, paidLate }) => {
        upstream.payins.push({ requestId: 'R2', order: 'ORD-1', status: 'SUCCEED', amount: '100.00' });
        records.set('R2', { status: 'paid', details: new Map() });
        paidLate.push('R2');
      },
      ['second payments of which the merchant was not told once'],
    ],
    [
      'a first payment that was told as the second',
      ({ events }) => events.push(told('payin.paid-twice', 'R1')),
      ['second payments of which the merchant was not told once'],
    ],
    [
      'money that came back and that nobody was told of',
      ({ upstream, records, refunds }) => {
        upstream.payins[0]!.status = 'REFUND';
        records.set('R1', { status: 'refunded', details: new Map() });
        refunds.push('R1');
      },
      ['refunds of which the merchant was not told once'],
    ],
    [
      'a refund that never was',
      ({ events }) => events.push(told('payout.refunded', 'P1')),
      ['refunds of which the merchant was not told once'],
    ],
    [
      'an operator who could end what the platform had',
      ({ decisions }) => decisions.push({ ...DECISION, requestId: 'P1', isAtPlatform: true }),
      ['decisions of operators gone wrong'],
    ],
    [
      'a payout that an operator has ended and of which nobody was told',
      ({ wishes, decisions }) => {
        wishes.push({ name: 'PAY-2', accounts: ['A2'], isAccepted: true });
        decisions.push(DECISION);
      },
      ['decisions of operators gone wrong'],
    ],
    [
      'a resend that was never sent',
      ({ decisions }) => decisions.push({ ...DECISION, decision: 'resend', says: ['unknown'] }),
      ['decisions of operators gone wrong'],
    ],
    [
      'a payout of whose end nobody was told',
      ({ events }) => events.pop(),
      ['payouts whose end the merchant was not told once'],
    ],
  ];
  for (const [what, change, red] of cases) {
    it(`sees ${what}`, () => {
      assert.deepEqual(redOf(change), red);
    });
  }
});
