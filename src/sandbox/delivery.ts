import { createChance } from './chance.ts';
import type { Clock, Timer } from './clock.ts';
import type { Settings } from './options.ts';

/** One attempt to deliver a webhook. */
export interface DeliveryAttempt {
  /** The notice it belongs to; retries share it. */
  readonly notice: number;
  readonly kind: NoticeKind;
  readonly orderId: string;
  readonly requestId: string;
  readonly url: string;
  readonly attempt: number;
  /** ISO 8601. */
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the receiver answered, if it did. */
  readonly status: number | undefined;
  readonly answer: string | undefined;
  /** Whether the answer counts as an acknowledgement. */
  readonly acknowledged: boolean;
  /** Why no answer came. */
  readonly error: string | undefined;
}

/** Who sends the webhook and about what. */
export type NoticeKind = 'payin' | 'payout' | 'leanx';

/** A webhook to deliver; body and headers stay the same over all attempts. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly orderId: string;
  readonly requestId: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a notice stands. */
export type NoticeState = 'held' | 'waiting' | 'sending' | 'delivered' | 'given-up';

/** A notice with its state, as the console lists it. */
export interface NoticeRecord extends Notice {
  readonly notice: number;
  readonly state: NoticeState;
}

/** What happens to webhooks by chance: the shares are from 0 to 1. */
export interface WebhookStorm {
  /** Never leave. Default 0. */
  lost?: number | undefined;
  /** Leave twice, the second time on their own way. Default 0. */
  repeated?: number | undefined;
  /** Leave up to this much later, each by its own lot, so that they overtake one another. Default 0. */
  maxDelayMs?: number | undefined;
}

/** Sends webhooks, retries them, and can hold them back. */
export interface Delivery {
  /** Queues a notice. `delayMs` replaces the configured delay; `'hold'` keeps it until released. */
  send(notice: Notice, delayMs?: number | 'hold'): void;
  /** Queues a notice that is still being signed. */
  prepare(notice: Promise<Notice>): void;
  /** Holds every later notice. */
  hold(): void;
  /** Sends what is held and stops holding. */
  release(): void;
  /** Loses, repeats and delays later notices by chance; `undefined` ends it. */
  storm(storm: (WebhookStorm & { seed: number }) | undefined): void;
  /** Sends the latest notice of an order again, whatever became of it; false when there is none. */
  resend(orderId: string): boolean;
  /** Waits until no attempt is under way. Waiting retries and held notices do not count. */
  idle(): Promise<void>;
  /** Runs the waiting attempts now and waits for them. Held notices stay held. */
  flush(): Promise<void>;
  readonly attempts: readonly DeliveryAttempt[];
  readonly notices: readonly NoticeRecord[];
}

interface Pending extends Notice {
  readonly notice: number;
  state: NoticeState;
  tries: number;
  timer: Timer | undefined;
}

const MAX_ANSWER_LENGTH = 2000;

/**
 * Lesspay docs, Pay In and Pay Out Development Guidelines: the receiver answers the string `SUCCESS`; the vendor's demo
 * also takes `{"code": 0}` for payouts. LeanX publishes no expected answer: any 2xx counts.
 */
function acknowledges(kind: NoticeKind, status: number, answer: string): boolean {
  if (status < 200 || status > 299) return false;
  if (kind === 'leanx' || answer.trim() === 'SUCCESS') return true;
  try {
    const parsed: unknown = JSON.parse(answer);
    return typeof parsed === 'object' && parsed !== null && (parsed as { code?: unknown }).code === 0;
  } catch {
    return false;
  }
}

/** What becomes of one notice. */
interface Fate {
  isLost: boolean;
  delayMs: number;
  isRepeated: boolean;
  repeatedAfterMs: number;
}

function createFates({ seed, lost = 0, repeated = 0, maxDelayMs = 0 }: WebhookStorm & { seed: number }): () => Fate {
  const chance = createChance(seed);
  return () => ({
    isLost: chance() < lost,
    delayMs: chance() * maxDelayMs,
    isRepeated: chance() < repeated,
    repeatedAfterMs: chance() * maxDelayMs,
  });
}

/** Creates the webhook sender. */
export function createDelivery(settings: Settings, clock: Clock): Delivery {
  const attempts: DeliveryAttempt[] = [];
  const notices: Pending[] = [];
  const underWay = new Set<Promise<void>>();
  let holding = false;
  let byChance = createFates({ seed: 0 });

  async function attempt(pending: Pending): Promise<void> {
    pending.state = 'sending';
    pending.tries += 1;
    const at = new Date(clock.now()).toISOString();
    const number = pending.tries;
    let status: number | undefined;
    let answer: string | undefined;
    let error: string | undefined;
    try {
      const response = await settings.deliver(pending.url, {
        method: 'POST',
        headers: { ...pending.headers },
        body: pending.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(settings.webhookTimeoutMs),
      });
      status = response.status;
      answer = (await response.text()).slice(0, MAX_ANSWER_LENGTH);
    } catch (cause) {
      error = cause instanceof Error ? cause.name : 'Error';
    }
    const acknowledged = status !== undefined && acknowledges(pending.kind, status, answer ?? '');
    const { notice, kind, orderId, requestId, url, headers, body } = pending;
    attempts.push({
      ...{ notice, kind, orderId, requestId, url, attempt: number, at, headers, body },
      ...{ status, answer, acknowledged, error },
    });
    if (acknowledged) {
      pending.state = 'delivered';
      return;
    }
    const wait = settings.webhookRetryMs[number - 1];
    if (wait === undefined) pending.state = 'given-up';
    else schedule(pending, wait);
  }

  function start(pending: Pending): void {
    pending.timer = undefined;
    track(attempt(pending));
  }

  function schedule(pending: Pending, ms: number): void {
    pending.state = 'waiting';
    pending.timer = clock.after(ms, () => start(pending));
  }

  async function idle(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  function send(notice: Notice, delayMs: number | 'hold' = settings.webhookDelayMs): void {
    const fate = byChance();
    add(notice, delayMs === 'hold' ? 'hold' : fate.isLost ? 'lose' : delayMs + fate.delayMs);
    if (fate.isRepeated && delayMs !== 'hold') add(notice, delayMs + fate.repeatedAfterMs);
  }

  function add(notice: Notice, delayMs: number | 'hold' | 'lose'): void {
    const pending: Pending = { ...notice, notice: notices.length + 1, state: 'waiting', tries: 0, timer: undefined };
    notices.push(pending);
    if (delayMs === 'lose') pending.state = 'given-up';
    else if (holding || delayMs === 'hold') pending.state = 'held';
    else if (delayMs > 0) schedule(pending, delayMs);
    else start(pending);
  }

  function track(work: Promise<void>): void {
    const promise = work.finally(() => underWay.delete(promise));
    underWay.add(promise);
  }

  return {
    attempts,
    notices,
    send,
    prepare: (notice) => track(notice.then((ready) => send(ready))),
    hold() {
      holding = true;
    },
    storm(storm) {
      byChance = createFates(storm ?? { seed: 0 });
    },
    release() {
      holding = false;
      for (const pending of notices) if (pending.state === 'held') start(pending);
    },
    resend(orderId) {
      const pending = notices.findLast((candidate) => candidate.orderId === orderId);
      if (!pending) return false;
      pending.timer?.cancel();
      pending.tries = 0;
      if (pending.state !== 'sending') start(pending);
      return true;
    },
    idle,
    async flush() {
      for (const pending of notices) if (pending.state === 'waiting') pending.timer?.runNow();
      await idle();
    },
  };
}
