import type {} from 'lesspay-elements/react';
import type { LesspaySubmittedEvent, Recipient } from 'lesspay-elements';
import { type ReactElement, useState, useSyncExternalStore } from 'react';
import { PAYOUT_WORDS } from '../../admin/words.ts';
import type { PayoutRow } from '../../api.ts';
import type { PayeeView } from '../page.ts';

interface Draft {
  recipient: Recipient | undefined;
  amount: string;
  reference: string;
}

const EMPTY: Draft = { recipient: undefined, amount: '', reference: '' };

/** Whether this runs in the browser after hydration. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

/** Who is to be paid, the form, and what was sent. The recipient is this component's state; the form shows and edits it. */
export function Payouts({ payees, first }: { payees: PayeeView[]; first: PayoutRow[] }): ReactElement {
  const [draft, setDraft] = useState(EMPTY);
  const [sent, setSent] = useState(first);
  const [selected, setSelected] = useState<string>();
  const isHydrated = useHydrated();
  const { recipient } = draft;

  const onSubmitted = async ({ requestId, reference }: LesspaySubmittedEvent) => {
    const response = await fetch('/payouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requestId, reference }),
    });
    setSent((await response.json()) as PayoutRow[]);
    setSelected(requestId);
  };
  const wasSent = (reference: string) =>
    sent.some(({ lines, status }) => status !== 'failed' && lines.some((line) => line.reference === reference));

  return (
    <main id="main" className="office">
      <div className="office-title">
        <h1>Payouts</h1>
      </div>
      <noscript>
        <p className="panel">The back office needs JavaScript.</p>
      </noscript>
      <div className="desk">
        <section className="panel" aria-labelledby="due-title">
          <h2 id="due-title">To be paid</h2>
          <ul className="due">
            {payees.map((payee) => (
              <li key={payee.reference}>
                <span className="detail-who">
                  <strong>{payee.recipient.holderName}</strong>
                  <span className="soft small">{payee.why}</span>
                </span>
                <span className="figure">{payee.price}</span>
                <button className="button quiet" disabled={wasSent(payee.reference)} onClick={() => setDraft(payee)}>
                  Pay<span className="visually-hidden">{` ${payee.recipient.holderName}`}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <section className="panel" aria-labelledby="form-title">
          <h2 id="form-title">New payout</h2>
          {/* React 19 hydrates a custom element without its listeners and objects: once hydrated, a new one takes its place. */}
          <lesspay-recipient-form
            key={String(isHydrated)}
            payout
            currency="PHP"
            methods="ewallet bank"
            value={recipient}
            amount={draft.amount}
            reference={draft.reference}
            onlesspay-change={(event) => setDraft((before) => ({ ...before, recipient: event.recipient }))}
            onlesspay-submitted={(event) => void onSubmitted(event)}
          />
          <p className="soft small" role="status">
            {recipient ? `Ready to pay ${recipient.holderName}.` : 'Not ready yet: something is still missing.'}
          </p>
        </section>
        {sent.length > 0 && (
          <section className="panel" aria-labelledby="sent-title">
            <h2 id="sent-title">Sent</h2>
            <ul className="due">
              {sent.map(({ requestId, lines, status }) => (
                <li key={requestId}>
                  <span className="detail-who">
                    <strong>{lines.map(({ payee }) => payee).join(', ')}</strong>
                    <span className="soft small">{lines.map(({ reference }) => reference).join(', ')}</span>
                  </span>
                  <span className={`chip chip-${PAYOUT_WORDS[status].tone}`}>{PAYOUT_WORDS[status].text}</span>
                  <button className="button quiet" onClick={() => setSelected(requestId)}>
                    Follow<span className="visually-hidden">{` ${lines[0]?.reference ?? ''}`}</span>
                  </button>
                </li>
              ))}
            </ul>
            {selected !== undefined && <lesspay-payout-status requestId={selected} />}
          </section>
        )}
      </div>
    </main>
  );
}
