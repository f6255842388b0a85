import type { PricedOrder } from 'lesspay-elements/proxy';
import type { ShopDatabaseAddress } from './shop-database.ts';

export const APP_ID = '690b2b46e4b09c73147db688';
export const APP_SECRET = 'campaign-secret-0123456789abcdef';
export const HASH_KEY = '2141df4a3cb633d5ce8683bb0c55067e5caebfbe07390dde277dc455bcc95c91';
export const AUTH_TOKEN = `LP-0D7C06DE-MM|7394e58e-edee-4c42-9ca5-bcbc449f1b9f|${HASH_KEY}`;
export const POOL = 'VA-8F9FD0-132317969417-PAYOUT';
/** Where the shop is for its shoppers and for the platform; whoever carries a request there picks a replica. */
export const PUBLIC_URL = 'https://shop.example';

/**
 * Mistakes that a shop or a proxy could make. Each turns one of the figures red, or the figures are worth nothing.
 * `fresh-id`: a payout that is sent again gets a new request id. `no-event-key`: the fulfilment is not keyed by the event's
 * id. `fulfils-anything`: goods leave at every event. `swallows-payouts`: some are answered as sent and never were.
 * `store-per-process`: replicas know nothing of one another. `never-reconciles`: nobody asks what became of the rest.
 */
export type Mistake =
  'fresh-id' | 'no-event-key' | 'fulfils-anything' | 'swallows-payouts' | 'store-per-process' | 'never-reconciles';

/** What goes wrong inside a replica until it is told that the storm is over; each share is from 0 to 1. */
export interface AppTrouble {
  seed: number;
  /** Calls of the store that throw, half of them after the store has done what it was asked for. */
  storeFaults: number;
  /** Hooks that throw before their effect or after it, or take longer than the proxy waits. */
  hookFaults: number;
  /** The call of the store, counted from the start, before or after which the process kills itself. */
  dies?: { call: number; when: 'before' | 'after' } | undefined;
}

/** Where the replicas keep their payments. */
export interface StoreAddress {
  kind: 'redis' | 'ioredis' | 'postgres';
  socket: string;
  /** Key prefix or table. */
  space: string;
}

/** What a replica of the merchant's server is started with. */
export interface AppSettings {
  /** Unix socket to listen on. */
  listen: string;
  database: ShopDatabaseAddress;
  /** The platforms' address. */
  upstream: string;
  store: StoreAddress;
  /** How far its clock is ahead of the machine's. */
  aheadMs: number;
  upstreamTimeoutMs: number;
  hookTimeoutMs: number;
  trouble?: AppTrouble | undefined;
  mistakes: readonly Mistake[];
}

/** What a replica tells its campaign: it listens, or it has had an effect and waits to be told to go on. */
export type AppMessage = 'ready' | 'effect';

/** The merchant's price list: an order's number decides its price. */
export function priceOf(order: string): PricedOrder | null {
  const number = Number(/^ORD-(\d+)$/.exec(order)?.[1] ?? Number.NaN);
  if (!Number.isInteger(number)) return null;
  return {
    amount: `${100 + (number % 900)}.${String(number % 100).padStart(2, '0')}`,
    currency: 'PHP',
    productName: order,
    description: `Order ${order}`,
    successUrl: `${PUBLIC_URL}/return?request_id={requestId}`,
    failUrl: `${PUBLIC_URL}/return?request_id={requestId}&failed=1`,
    expiresInSeconds: 1_800,
  };
}
