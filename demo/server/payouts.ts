import type { PayoutDraft, PayoutEvent } from 'lesspay-elements/proxy';
import type { Recipient } from 'lesspay-elements/rules';
import type { Payee, PayoutLine, PayoutRow } from '../api.ts';

/** Who the studio owes money this week. */
const DUE: readonly Payee[] = [
  {
    reference: 'RIDER-0712',
    why: 'Deliveries, 8 to 14 July',
    amount: '2340.00',
    currency: 'PHP',
    recipient: {
      method: 'ewallet',
      provider: 'GCash',
      accountType: 'individual',
      holderName: 'Althea Ramos',
      accountNumber: '09171234501',
    },
  },
  {
    reference: 'GLAZE-0088',
    why: 'Glazing, 46 pieces',
    amount: '5520.00',
    currency: 'PHP',
    recipient: {
      method: 'ewallet',
      provider: 'PayMaya',
      accountType: 'individual',
      holderName: 'Joaquín Dela Peña',
      accountNumber: '09189876502',
    },
  },
  {
    reference: 'PHOTO-0019',
    why: 'Photographs, spring catalogue',
    amount: '3750.50',
    currency: 'PHP',
    recipient: {
      method: 'ewallet',
      provider: 'GrabPay',
      accountType: 'individual',
      holderName: 'Mei Tan',
      accountNumber: '09205550193',
    },
  },
];

interface Draft {
  currency: string;
  total: string;
  operator: string;
  lines: PayoutLine[];
}

/** The studio's own record of what was paid out, in memory. */
export class Payouts {
  /** Sent, but no answer with a request id has come yet; by the reference of the first payout. */
  #drafts = new Map<string, Draft>();
  #rows = new Map<string, PayoutRow>();
  #applied = new Set<string>();

  /** Called by the proxy before anything is sent. */
  prepare(draft: PayoutDraft, operator: string): void {
    const lines = draft.payouts.map(({ reference, amount, recipient }): PayoutLine => {
      const { payee, via, account } = describe(recipient);
      return { reference, amount, payee, via, account, status: 'unknown' };
    });
    const first = lines[0]?.reference ?? '';
    this.#drafts.set(first, { currency: draft.currency, total: draft.total, operator, lines });
  }

  /** Files a payout under its request id: when the page has the proxy's answer, or when an event comes first. */
  file(reference: string, requestId: string, status: PayoutRow['status'] = 'review'): PayoutRow | undefined {
    const known = this.#rows.get(requestId);
    const draft = this.#drafts.get(reference);
    if (known || !draft) return known;
    this.#drafts.delete(reference);
    const row: PayoutRow = { ...draft, requestId, status, sentAt: new Date().toISOString() };
    row.lines = draft.lines.map((line) => ({ ...line, status }));
    this.#rows.set(requestId, row);
    return row;
  }

  /** Applies what the proxy learnt about a payout. The event's id makes a repeated delivery harmless. */
  apply(event: PayoutEvent): void {
    const row = this.file(event.reference, event.requestId, event.status);
    if (!row || this.#applied.has(event.id)) return;
    this.#applied.add(event.id);
    row.status = event.status;
    row.lines = row.lines.map((line) => {
      const detail = event.details.find(({ reference }) => reference === line.reference);
      return { ...line, status: detail?.status ?? event.status };
    });
  }

  /** Newest first. */
  list(): PayoutRow[] {
    return [...this.#rows.values()].reverse();
  }

  /** Who is to be paid, and with which request they were. A failed payout leaves its payee due. */
  payees(): Payee[] {
    return DUE.map((payee) => {
      const row = this.list().find(({ lines }) =>
        lines.some(({ reference, status }) => reference === payee.reference && status !== 'failed'),
      );
      return { ...payee, requestId: row?.requestId };
    });
  }
}

function describe(recipient: Recipient): { payee: string; via: string; account: string } {
  const via = { bank: 'Bank', ewallet: 'E-wallet', leanx: 'Malaysian bank' }[recipient.method];
  const account = ('iban' in recipient ? recipient.iban : undefined) ?? recipient.accountNumber ?? '';
  return {
    payee: recipient.holderName,
    via: recipient.method === 'ewallet' ? recipient.provider : recipient.method === 'bank' ? recipient.bankName : via,
    account: `•••• ${account.slice(-4)}`,
  };
}
