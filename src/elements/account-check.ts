import { checkAccount, type ClientOptions } from '../client.ts';
import type { AccountCheckState } from '../protocol/messages.ts';

const COMPARED = ['match', 'close-match', 'no-match'];

/** With which answers the operator can go on: any, `match` or `close-match`, only `match`; `off` does not ask. */
export type NameCheckPolicy = 'advise' | 'close-match' | 'match' | 'off';

/** Whether an answer is enough to go on. A policy that is none of ours asks for a match. */
export function isConfirmed(policy: NameCheckPolicy | null, state: AccountCheckView['state'] | undefined): boolean {
  return /^(advise|off)?$/.test(policy ?? '') || state === 'match' || (policy === 'close-match' && state === policy);
}

/** What is known of the name on an account. */
export interface AccountCheckView {
  state: AccountCheckState | 'asking' | 'failed';
  /** The bank's name for the account, where it gave one. */
  holderName: string;
}

/** The account and the name to ask about. */
export interface AccountCheckSubject {
  bankId: number;
  accountNumber: string;
  name: string;
}

/** Asks the bank whose account a number is, and keeps the answer for as long as it is about the same account. */
export class AccountCheck {
  readonly #changed: () => void;
  #asked: AccountCheckSubject | undefined;
  #view: AccountCheckView | undefined;
  #running: AbortController | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The answer, if it is about this account and name. */
  viewFor(subject: AccountCheckSubject | undefined): AccountCheckView | undefined {
    const view = this.#view;
    if (!view || !subject || !isSameAccount(subject, this.#asked)) return undefined;
    // An answer that compared another name says nothing about this one.
    const stale = COMPARED.includes(view.state) && subject.name !== this.#asked?.name;
    return stale ? { ...view, state: 'unresolved' } : view;
  }

  /** Asks, unless this very question has been answered or is on its way; `again` asks anew after a failure. */
  async ask(client: ClientOptions, subject: AccountCheckSubject, again = false): Promise<void> {
    const { bankId, accountNumber, name } = subject;
    const same = isSameAccount(subject, this.#asked) && name === this.#asked?.name;
    if (same && !(again && this.#view?.state === 'failed')) return;
    this.forget();
    const { signal } = (this.#running = new AbortController());
    this.#asked = subject;
    this.#show({ state: 'asking', holderName: '' });
    let view: AccountCheckView = { state: 'failed', holderName: '' };
    try {
      const answer = await checkAccount({ ...client, signal }, { bankId, accountNumber, ...(name && { name }) });
      const holderName = answer.holderName?.trim();
      // Without a name to compare, or with a blank one from the bank, nothing can have matched.
      const compared = name && holderName !== '' && COMPARED.includes(answer.state);
      view = { state: compared ? answer.state : 'unresolved', holderName: holderName ?? '' };
    } catch {
      // Whatever went wrong: nothing is confirmed.
    }
    if (!signal.aborted) this.#show(view);
  }

  /** Drops the answer and whatever is on its way. */
  forget(): void {
    this.#running?.abort();
    this.#asked = this.#view = undefined;
  }

  #show(view: AccountCheckView): void {
    this.#view = view;
    this.#changed();
  }
}

function isSameAccount(a: AccountCheckSubject, b: AccountCheckSubject | undefined): boolean {
  return a.bankId === b?.bankId && a.accountNumber === b.accountNumber;
}
