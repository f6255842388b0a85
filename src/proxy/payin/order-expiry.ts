import { isFinal } from '../../protocol/status.ts';
import type { ProxyContext } from '../context.ts';
import { hasBeenPaid } from '../lifecycle/progress.ts';
import { updateRecord } from '../store/records.ts';
import { type OrderRecord, orderKey, type PayinRecord, payinKey } from './record.ts';

/** Lets what an order knows of an ended payment expire, and then the payment itself. */
export type PayinOrderExpiry = (record: PayinRecord) => Promise<void>;

/**
 * Makes what follows a payment's end. Until its order has been told to expire the payment stays, and stays listed for
 * `reconcile`: a crash on the way leaves an order without an end and never one that forgot its payment too soon.
 */
export function createPayinOrderExpiry({ store, keep }: ProxyContext): PayinOrderExpiry {
  return async function expire({ requestId, order, status }) {
    await updateRecord<OrderRecord>(
      store,
      orderKey(order),
      () => keep.endedOrder,
      // An order that has another payment by now lasts as long as that one; a paid one as long as the last that paid it.
      (current) =>
        (current.paidBy ?? current.requestId) === requestId || (current.paidBy !== undefined && hasBeenPaid(status))
          ? { ...current }
          : undefined,
    );
    await updateRecord<PayinRecord>(store, payinKey(requestId), keep.payin, (current) =>
      isFinal(current.status) || current.isGivenUp ? { ...current, orderExpires: true } : undefined,
    );
  };
}
