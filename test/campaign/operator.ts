import { setTimeout as sleep } from 'node:timers/promises';
import type { PayoutWish } from './evidence.ts';
import type { Random } from './random.ts';
import { type Door, fromPage } from './shopper.ts';

interface Payee {
  reference: string;
  amount: string;
  recipient: Record<string, unknown>;
  account: string;
  /** Whether the platform will fail it; the sandbox fails 2000.00 at Lesspay and 13 sen at LeanX. */
  isFailing: boolean;
}

/** What somebody is to be paid, and over which channel. */
export interface PayoutJob {
  name: string;
  kind: 'batch' | 'single' | 'leanx';
  currency: string;
  payees: Payee[];
}

const HOLDER = 'Maria Santos';

/** Makes up a payout; every payee has an account of their own, by which the judge knows them. */
export function makeJob(number: number, kind: PayoutJob['kind'], random: Random): PayoutJob {
  const name = `PAY-${number}`;
  const count = kind === 'batch' ? random.pick([1, 2, 3, 5]) : 1;
  const payees = Array.from({ length: count }, (_, index): Payee => {
    const id = number * 10 + index;
    const reference = `${name}-${index}`;
    const cents = String(random.int(10)).padStart(2, '0');
    const isFailing = random.chance(0.15);
    switch (kind) {
      case 'batch': {
        const account = `0917${String(id).padStart(7, '0')}`;
        const recipient = { method: 'ewallet', provider: 'GCash', accountType: 'individual', holderName: HOLDER };
        const amount = isFailing ? '2000.00' : `${random.between(10, 900)}.${cents}`;
        return { reference, account, isFailing, amount, recipient: { ...recipient, accountNumber: account } };
      }
      case 'single': {
        const account = `payee-${id}@example.com`;
        const recipient = { method: 'ewallet', provider: 'PIX', accountType: 'individual', holderName: HOLDER };
        const key = { accountNumber: account, depositKeyType: 'email', depositKey: account };
        const amount = isFailing ? '2000.00' : `${random.between(10, 900)}.${cents}`;
        return { reference, account, isFailing, amount, recipient: { ...recipient, ...key } };
      }
      case 'leanx': {
        const account = String(8_000_000_000 + id);
        const recipient = { method: 'leanx', bankId: 1, holderName: HOLDER, recipientReference: 'Salary' };
        const amount = `${random.between(10, 900)}.${isFailing ? '13' : cents}`;
        return { reference, account, isFailing, amount, recipient: { ...recipient, accountNumber: account } };
      }
    }
  });
  return { name, kind, currency: { batch: 'PHP', single: 'BRL', leanx: 'MYR' }[kind], payees };
}

interface PayoutAnswer {
  requestId?: string;
  status?: string;
  code?: string;
  retryable?: boolean;
  details?: { failure?: string }[];
}

/**
 * Pays as operators do: clicks twice, is hung up on, sends again under the same key until there is an answer, and may have
 * a second tab open that sends the very same payout under another key.
 */
export async function payOut(job: PayoutJob, random: Random, door: Door): Promise<PayoutWish> {
  const body = JSON.stringify({
    currency: job.currency,
    payouts: job.payees.map(({ reference, amount, recipient }) => ({ reference, amount, recipient })),
  });
  // Under another key a payout that has failed is a new one, which it should be.
  const tabs = random.chance(0.2) && !job.payees.some(({ isFailing }) => isFailing) ? 2 : 1;
  const accepted = await Promise.all(Array.from({ length: tabs }, (_, tab) => work(random.fork(`tab ${tab}`), tab)));
  return { name: job.name, accounts: job.payees.map(({ account }) => account), isAccepted: accepted.includes(true) };

  async function work(own: Random, tab: number): Promise<boolean> {
    let attempt = 0;
    while (!door.isClosing()) {
      const key = `${job.name}-${tab}-${attempt}`.padEnd(12, '-');
      const clicks = own.pick([1, 1, 1, 2, 3]);
      const answers = await Promise.all(
        Array.from({ length: clicks }, (_, index) => send(own.fork(`${key} ${index}`), key)),
      );
      const answer = answers.find((one) => one?.code === undefined && one?.requestId !== undefined) ?? answers[0];
      const verdict = answer && (await judgeAnswer(own, answer));
      if (verdict === 'accepted') {
        // The page asks on until it is closed.
        for (let looks = own.int(4); looks > 0; looks -= 1) {
          await sleep(own.between(200, 2_000));
          await look(own, answer?.requestId);
        }
        return true;
      }
      // Under the old key this payout has ended without a cent having moved: whoever wants it paid makes a new attempt.
      if (verdict === 'ended') attempt += 1;
      await sleep(own.between(50, 500));
    }
    return false;
  }

  async function send(own: Random, key: string): Promise<PayoutAnswer | undefined> {
    const answer = await door.ask(own, {
      path: '/lesspay/payouts',
      headers: fromPage({ 'idempotency-key': key }),
      body,
      patienceMs: own.chance(0.25) ? own.between(10, 500) : 12_000,
    });
    return answer && (JSON.parse(answer.text) as PayoutAnswer);
  }

  async function judgeAnswer(own: Random, answer: PayoutAnswer): Promise<'accepted' | 'ended' | 'again'> {
    if (answer.code === undefined) return isNothingSent(answer.status) ? look(own, answer.requestId) : 'accepted';
    // Another tab of this operator has made it; its request says what became of it.
    if (answer.code === 'duplicate-payout') return look(own, answer.requestId);
    if (answer.retryable === true || answer.code === 'internal-error') return 'again';
    throw new Error(`${job.name} was answered ${answer.code}`);
  }

  function isNothingSent(status: string | undefined): boolean {
    return status === 'closed' || status === 'failed';
  }

  async function look(own: Random, requestId: string | undefined): Promise<'accepted' | 'ended' | 'again'> {
    const answer = await door.ask(own, {
      method: 'GET',
      path: `/lesspay/payouts/${requestId ?? ''}`,
      patienceMs: 5000,
    });
    if (answer?.status !== 200) return 'again';
    const { status, details = [] } = JSON.parse(answer.text) as PayoutAnswer;
    // What failed at the platform says why; what was never sent has no such word, or was closed.
    const isSent = details.some(({ failure }) => failure !== undefined && failure !== 'closed');
    return isNothingSent(status) && !isSent ? 'ended' : 'accepted';
  }
}
