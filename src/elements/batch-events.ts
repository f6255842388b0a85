import type { BatchCounts } from '../payouts/payout-batch.ts';

/** `lesspay-batch-change`: the rows of a batch, or what is known of them, are others than before. */
export class LesspayBatchUpdateEvent extends Event {
  declare readonly type: 'lesspay-batch-change';
  readonly counts: BatchCounts;
  /** Exact sum of what is ready to send, a decimal string. */
  readonly total: string;
  readonly currency: string;

  constructor(counts: BatchCounts, total: string, currency: string) {
    super('lesspay-batch-change', { bubbles: true, composed: true });
    this.counts = counts;
    this.total = total;
    this.currency = currency;
  }
}

/** `lesspay-batch-submitted`: the batch was handed in; `counts` says how many rows were accepted and how many not. */
export class LesspayBatchSubmittedEvent extends Event {
  declare readonly type: 'lesspay-batch-submitted';
  /** The requests that were taken; each can be followed by itself. */
  readonly requestIds: readonly string[];
  readonly counts: BatchCounts;

  constructor(requestIds: readonly string[], counts: BatchCounts) {
    super('lesspay-batch-submitted', { bubbles: true, composed: true });
    this.requestIds = requestIds;
    this.counts = counts;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'lesspay-batch-change': LesspayBatchUpdateEvent;
    'lesspay-batch-submitted': LesspayBatchSubmittedEvent;
  }
}
