import { createHmac } from 'node:crypto';
import { createBatches } from '../concurrency/batches.ts';
import type { ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import type { Journal } from '../journal/journal.ts';
import { errorFields } from '../journal/log.ts';
import { askMerchant, requestContext } from '../merchant/ask-merchant.ts';
import type { RateLimit } from '../options.ts';
import type { RouteName } from '../routes.ts';
import { LOST, putRecord, readRecord, untilWritten } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { LimiterConfig } from './config.ts';
import { clientAddress, clientKey, isPrivate } from './remote-address.ts';

/** Lets a request through, or throws the 429; `account` is who `payout.authorize` said it is. */
export type Limiter = (route: RouteName, call: ProxyCall, account?: string) => Promise<void>;

/** What a limiter needs. */
export interface LimiterParts {
  limits: LimiterConfig;
  store: Store;
  journal: Journal;
  now: () => number;
  /** Keys the digests under which actors are stored, so that the store cannot be read for addresses. */
  secret: string;
}

/** What is left of one actor's allowance for one route. */
interface Bucket {
  tokens: number;
  /** When `tokens` was right, epoch milliseconds. */
  at: number;
}

/** How often a bucket is tried again when another replica was faster; each time that one has made progress. */
const MAX_ATTEMPTS = 10;
/** How many refused actors a process remembers, so that a flood of theirs costs the store nothing. */
const MAX_REMEMBERED = 10_000;
/** How long at most a replica whose clock is behind waits for the others'; a clock that was far ahead is forgotten with its bucket. */
const MAX_SKEW_MS = 5_000;
/** Nothing can be said about waiting: the store has failed. */
const UNKNOWN = -1;
/** A store that is down is said once in this time. */
const ALARM_EVERY_MS = 60_000;

/**
 * Makes the limiter: a token bucket per route and actor in the store, shared by all replicas. The requests of one actor that
 * wait in one process are counted by one write, and whoever was refused is refused again without asking the store, so one
 * actor never costs more than one store call at a time.
 */
export function createLimiter({ limits, store, journal, now, secret }: LimiterParts): Limiter {
  const take = createBatches(takeOrFail);
  const refusedUntil = new Map<string, number>();
  let alarmedAt = -Infinity;
  const warned = new Set<string>();

  return async function admit(route, call, account) {
    const limit = limits.routes.get(route);
    if (!limit) return;
    const actor = await actorOf(route, call, account);
    if (actor === undefined) return;
    const digest = createHmac('sha256', secret).update(`limiter ${actor}`).digest('base64url').slice(0, 22);
    const key = `limit:${route}:${digest}`;
    const waitMs = remembered(key) ?? (await take(key, limit));
    if (waitMs === 0) return;
    if (waitMs === UNKNOWN) {
      throw new ProblemError('internal-error', 'The store does not answer, so nothing is let through. Send it again.', {
        status: 503,
        retryAfterSeconds: 1,
      });
    }
    journal.info({ event: 'limited', route, retryAfterMs: waitMs });
    journal.observe?.({ type: 'limited', route, retryAfterMs: waitMs }, 'warn');
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    throw new ProblemError(
      'too-many-requests',
      `Too many requests to this route. Nothing was done: wait ${seconds} s, as Retry-After says, and send it again. The limit is limiter.routes['${route}'].`,
      { retryAfterSeconds: seconds },
    );
  };

  async function actorOf(route: RouteName, call: ProxyCall, account: string | undefined): Promise<string | undefined> {
    const address = clientAddress(call.remoteAddress, call.header('x-forwarded-for'), limits.trustedProxies);
    if (limits.actor) {
      const context = Object.assign(requestContext(call), { route, account, address: address && clientKey(address) });
      const actor = await askMerchant('limiter.actor', journal, () => limits.actor?.(context));
      // JavaScript callers may return nothing at all, or null.
      return actor == null || actor === '' ? undefined : `actor ${actor}`;
    }
    if (account !== undefined) return `account ${account}`;
    if (!address) {
      warnOnce(
        'limiter-without-actor',
        'The address of the client is not known, so its requests are not limited: pass { remoteAddress } to proxy.fetch, or set limiter.actor.',
      );
      return undefined;
    }
    if (limits.trustedProxies === 0 && call.header('x-forwarded-for') !== undefined && isPrivate(address)) {
      warnOnce(
        'limiter-behind-proxy',
        'Requests come through a proxy, and all of them count as one client: set limiter.trustedProxies.',
      );
    }
    return `address ${clientKey(address)}`;
  }

  /** How long an actor who was refused has still to wait; no one but time puts tokens back. */
  function remembered(key: string): number | undefined {
    const until = refusedUntil.get(key);
    if (until === undefined) return undefined;
    const waitMs = until - now();
    if (waitMs > 0) return waitMs;
    refusedUntil.delete(key);
    return undefined;
  }

  /** Milliseconds to wait for each who asks; 0 for those for whom there was a token. */
  async function takeOrFail(key: string, line: readonly RateLimit[]): Promise<number[]> {
    let granted = limits.onStoreFailure === 'allow' ? line.length : 0;
    let waitMs = UNKNOWN;
    try {
      // One key is one route's, which has one limit.
      const [limit] = line as [RateLimit];
      ({ granted, waitMs } = await takeMany(key, limit, line.length));
      if (granted < line.length) remember(key, now() + waitMs);
    } catch (error) {
      alarm(error);
    }
    return line.map((_, index) => (index < granted ? 0 : waitMs));
  }

  function takeMany(key: string, limit: RateLimit, wanted: number): Promise<{ granted: number; waitMs: number }> {
    const msPerToken = 60_000 / limit.perMinute;
    return untilWritten(async () => {
      const found = await readRecord<Bucket>(store, key);
      const time = now();
      const before: Bucket = found?.record ?? { tokens: limit.burst, at: time };
      // The clocks of replicas differ: one that is behind adds nothing and takes nothing back.
      const at = Math.max(before.at, time);
      const tokens = Math.min(limit.burst, before.tokens + (at - before.at) / msPerToken);
      const granted = Math.min(wanted, Math.floor(tokens));
      // What is refused is not written down: a flood only reads, and ends with a full bucket like any pause.
      if (granted === 0)
        return { granted, waitMs: Math.ceil((1 - tokens) * msPerToken + Math.min(at - time, MAX_SKEW_MS)) };
      const after: Bucket = { tokens: tokens - granted, at };
      const expiresInMs = Math.ceil((limit.burst - after.tokens) * msPerToken) + 1_000;
      const isMine = await putRecord(store, key, found?.version, after, { expiresInMs });
      return isMine ? { granted, waitMs: Math.ceil((1 - Math.min(1, after.tokens)) * msPerToken) } : LOST;
    }, MAX_ATTEMPTS);
  }

  function remember(key: string, until: number): void {
    if (refusedUntil.size >= MAX_REMEMBERED) refusedUntil.clear();
    refusedUntil.set(key, until);
  }

  function alarm(error: unknown): void {
    const time = now();
    if (time - alarmedAt < ALARM_EVERY_MS) return;
    alarmedAt = time;
    journal.error({ event: 'limiter-store-failed', ...errorFields(error) });
  }

  function warnOnce(event: string, message: string): void {
    if (warned.has(event)) return;
    warned.add(event);
    journal.warn({ event, message });
  }
}
