import { randomBytes } from 'node:crypto';
import type { ProxyContext } from '../context.ts';
import type { Versioned } from '../store/records.ts';
import type { PayoutRecord } from './record.ts';

/** Who is at work on a payout, over all replicas. */
export interface PayoutLeases {
  /** How long one step has a payout to itself: one upstream call and what goes around it. */
  readonly leaseMs: number;
  /** The members of a record that say that whoever writes them is at work on it from now on. */
  take: () => Pick<PayoutRecord, 'leaseUntil' | 'leaseOwner' | 'dueAt'>;
  /** The same owner's lease for another step. */
  renew: () => Pick<PayoutRecord, 'leaseUntil'>;
  /** Takes a record over whose sender has stopped; `undefined` when somebody else was faster. */
  claim: (found: Versioned<PayoutRecord>) => Promise<PayoutRecord | undefined>;
}

/** Makes the leases of payouts: only their owner sends, and whoever takes one over gives it a new owner. */
export function createPayoutLeases({ payouts, config, now }: ProxyContext): PayoutLeases {
  const leaseMs = config.upstreamTimeoutMs + 5_000;

  function renew(): Pick<PayoutRecord, 'leaseUntil'> {
    return { leaseUntil: now() + leaseMs };
  }

  function take(): Pick<PayoutRecord, 'leaseUntil' | 'leaseOwner' | 'dueAt'> {
    return { ...renew(), dueAt: now(), leaseOwner: randomBytes(9).toString('base64url') };
  }

  async function claim({ record, version }: Versioned<PayoutRecord>): Promise<PayoutRecord | undefined> {
    if (record.leaseUntil > now()) return undefined;
    const claimed = { ...record, ...take() };
    return (await payouts.replace(version, claimed)) ? claimed : undefined;
  }

  return { leaseMs, take, renew, claim };
}
