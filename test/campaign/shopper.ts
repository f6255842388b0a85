import { setTimeout as sleep } from 'node:timers/promises';
import type { Platforms } from './processes.ts';
import type { Random } from './random.ts';
import type { UnixAnswer, UnixRequest } from './unix-http.ts';

/** How people reach the shop: some replica answers, or none does. */
export interface Door {
  /** Asks a replica that the load balancer picks; `undefined` when no whole answer came. */
  ask: (random: Random, request: UnixRequest) => Promise<UnixAnswer | undefined>;
  /** Whether people should go home. */
  isClosing: () => boolean;
}

const FROM_PAGE = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

/** The headers of a browser on the shop's own page. */
export function fromPage(headers: Record<string, string> = {}): Record<string, string> {
  return { ...FROM_PAGE, ...headers };
}

/** What one shopper has seen. */
export interface ShoppingTrip {
  order: string;
  /** Payments that the shopper was sent to. */
  requestIds: string[];
  /** Answers by which the shop said that nothing is due any more. */
  refusedAsPaid: number;
}

/** A trip that begins. */
export function newTrip(order: string): ShoppingTrip {
  return { order, requestIds: [], refusedAsPaid: 0 };
}

type Outcome = 'succeeded' | 'failed' | 'canceled' | 'closed' | 'amount-differs';

interface Offer {
  requestId?: string;
  code?: string;
}

/**
 * Buys one order as impatient people do: several clicks at once, on whatever replica, with a browser that hangs up; pays,
 * fails or cancels at the checkout, and comes back to try again, also after having paid.
 */
export async function goShopping(
  trip: ShoppingTrip,
  random: Random,
  door: Door,
  platforms: Platforms,
  visits: number,
): Promise<ShoppingTrip> {
  const { order } = trip;
  for (let visit = 0; visit < visits; visit += 1) {
    const offer = await click();
    if (offer.code === 'order-already-paid') {
      trip.refusedAsPaid += 1;
      continue;
    }
    const { requestId } = offer;
    if (requestId === undefined) return trip;
    if (!trip.requestIds.includes(requestId)) {
      trip.requestIds.push(requestId);
      const isLast = visit === visits - 1;
      if (!random.chance(0.1)) await pay(requestId, isLast);
      if (random.chance(0.1)) await platforms.ask(random.pick(['dispute', 'decline']), requestId);
    }
    await look(requestId);
  }
  return trip;

  /** One to four clicks in the same moment, each until somebody answers. */
  async function click(): Promise<Offer> {
    const clicks = random.pick([1, 1, 2, 2, 4]);
    const offers = await Promise.all(
      Array.from({ length: clicks }, (_, index) => insist(random.fork(`click ${index}`))),
    );
    return offers.find(({ requestId }) => requestId !== undefined) ?? offers[0] ?? {};
  }

  async function insist(own: Random): Promise<Offer> {
    for (let attempt = 0; attempt < 40 && !door.isClosing(); attempt += 1) {
      const answer = await door.ask(own, {
        path: '/lesspay/payins',
        headers: fromPage(),
        body: JSON.stringify({ order }),
        patienceMs: own.chance(0.2) ? own.between(20, 400) : 12_000,
      });
      const offer = answer && (JSON.parse(answer.text) as Offer);
      if (answer && offer && (answer.status < 300 || offer.code === 'order-already-paid')) return offer;
      // Some give up at the first error.
      if (own.chance(0.03)) return {};
      await sleep(own.between(50, 500));
    }
    return {};
  }

  async function pay(requestId: string, isLast: boolean): Promise<void> {
    await sleep(random.between(0, 300));
    const outcome = random.pick<Outcome>([
      ...(['succeeded', 'succeeded', 'succeeded', 'succeeded'] as const),
      ...(isLast ? (['succeeded', 'succeeded', 'succeeded'] as const) : (['failed', 'canceled', 'closed'] as const)),
      'amount-differs',
    ]);
    await platforms.ask('settle', requestId, outcome, {
      ...(outcome === 'amount-differs' ? { amount: '1.00' } : {}),
      ...(random.chance(0.1) ? { webhook: 'never' } : {}),
    });
  }

  /** The page after the return asks a few times. */
  async function look(requestId: string): Promise<void> {
    for (let looks = random.between(0, 4); looks > 0 && !door.isClosing(); looks -= 1) {
      await door.ask(random, { method: 'GET', path: `/lesspay/payins/${requestId}`, patienceMs: 5000 });
      await sleep(random.between(100, 900));
    }
  }
}
