import type { LeanxClient } from '../leanx/client.ts';
import type { LesspayClient } from '../lesspay/client.ts';
import type { Running } from './concurrency/running.ts';
import type { ProxyConfig } from './config.ts';
import type { Journal } from './journal/journal.ts';
import type { Limiter } from './limiter/limiter.ts';
import type { Deliver } from './merchant/delivery.ts';
import type { SigningProxyOptions } from './options.ts';
import type { PayoutRecords } from './payout/records.ts';
import type { Retention } from './retention.ts';
import type { Store } from './store/store.ts';

/** What the routes of one proxy share. */
export interface ProxyContext {
  options: SigningProxyOptions;
  config: ProxyConfig;
  store: Store;
  logger: Journal;
  now: () => number;
  lesspay: LesspayClient;
  leanx: LeanxClient | undefined;
  keep: Retention;
  /** The payout requests in `store`. */
  payouts: PayoutRecords;
  deliver: Deliver;
  /** Counts what must end before the process may; for work that nobody waits for. */
  track: Running['track'];
  /** Without limits, undefined. */
  admit: Limiter | undefined;
}
