import 'lesspay-elements/define/lesspay-payment-status';
import type { PayinStatus } from 'lesspay-elements';

/** Which of the page's own sentences goes with a status. None while it is not final. */
const NEXT: Partial<Record<PayinStatus, string>> = {
  paid: 'paid',
  failed: 'unpaid',
  canceled: 'unpaid',
  closed: 'unpaid',
  'amount-differs': 'wrong-amount',
  refunded: 'refunded',
};

document.querySelector('lesspay-payment-status')?.addEventListener('lesspay-status', ({ status }) => {
  for (const sentence of document.querySelectorAll<HTMLElement>('[data-next]')) {
    sentence.hidden = sentence.dataset.next !== NEXT[status];
  }
});
