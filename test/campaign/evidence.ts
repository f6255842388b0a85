import type { PayinEvent, PayoutDecision, PayoutEvent } from 'lesspay-elements/proxy';

/** An order to pay out, as it came over the wire to a platform: taken, refused or lost. */
export interface WireRequest {
  requestId: string;
  /** When, in epoch milliseconds of the machine. */
  at: number;
  /** Accounts that it pays to; every payout of a campaign has its own. */
  accounts: string[];
}

/** What the platforms hold for true, in their words. */
export interface UpstreamTruth {
  wire: WireRequest[];
  /** How many orders to open or to pay have come over the wire. */
  creates: number;
  payins: { requestId: string; order: string; status: string; amount: string }[];
  payouts: {
    requestId: string;
    status: string;
    details: { reference: string; account: string; status: string }[];
  }[];
  webhooks: { attempts: number; acknowledged: number; givenUp: number };
}

/** Goods that left the shop, as the merchant's database has it. */
export interface Fulfilment {
  order: string;
  requestId: string;
  amount: string;
  currency: string;
}

/** Somebody's wish to pay to some accounts, once. */
export interface PayoutWish {
  name: string;
  accounts: string[];
  /** Whether the proxy has said that it has it. */
  isAccepted: boolean;
}

/** What an operator decided about a payout whose outcome nobody knew. */
export interface OperatorDecision {
  requestId: string;
  /** The merchant's references of the payouts in it. */
  references: string[];
  decision: PayoutDecision;
  /** Whether the platform had it then, which the operator did not look up. */
  isAtPlatform: boolean;
  /** What each of the operators was told who decided at once: the payout's status, or the code of the problem. */
  says: string[];
}

/** All that is known when a campaign is over. */
export interface Evidence {
  upstream: UpstreamTruth;
  /** Price of every order, as the shop has it. */
  prices: ReadonlyMap<string, { amount: string; currency: string }>;
  wishes: PayoutWish[];
  decisions: OperatorDecision[];
  /** Payments that were paid when another of their order had been. */
  paidLate: string[];
  /** Payments and payouts whose money came back. */
  refunds: string[];
  fulfilments: Fulfilment[];
  /** Every event that had an effect in the merchant's database. */
  events: (PayinEvent | PayoutEvent)[];
  /** Statuses as the proxy's store has them, by request id. */
  records: ReadonlyMap<string, { status: string; details: ReadonlyMap<string, string> }>;
}
