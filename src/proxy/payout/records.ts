import type { ProxyContext } from '../context.ts';
import { readRecord, toJson, updateRecord, type Versioned } from '../store/records.ts';
import { type PayoutRecord, payoutKey } from './record.ts';

/** The payout requests in the store. */
export interface PayoutRecords {
  find: (requestId: string) => Promise<Versioned<PayoutRecord> | undefined>;
  /** Writes over a version that was found; `false` when another writer came first. */
  replace: (version: string, record: PayoutRecord) => Promise<boolean>;
  /** Changes one whatever other writers do meanwhile; as written, or as found when `change` wants nothing. */
  update: (
    { requestId }: Pick<PayoutRecord, 'requestId'>,
    change: (current: PayoutRecord) => PayoutRecord | undefined,
  ) => Promise<PayoutRecord | undefined>;
}

/** Makes the one way to the payout requests of a store, which knows how each is kept. */
export function createPayoutRecords({ store, keep }: Pick<ProxyContext, 'store' | 'keep'>): PayoutRecords {
  return {
    find: (requestId) => readRecord(store, payoutKey(requestId)),
    replace: (version, record) =>
      store.replace(payoutKey(record.requestId), version, toJson(record), keep.payout(record)),
    update: ({ requestId }, change) => updateRecord(store, payoutKey(requestId), keep.payout, change),
  };
}
