import { checkAccount, type ClientOptions } from '../client.ts';
import type { AccountCheckState } from '../protocol/messages.ts';

const COMPARED = ['match', 'close-match', 'no-match'];

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
  #account = '';
  #name: string | undefined;
  #view: AccountCheckView | undefined;
  #running: AbortController | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The answer, if it is about this account and name. */
  viewFor(subject: AccountCheckSubject | undefined): AccountCheckView | undefined {
    if (!subject || accountOf(subject) !== this.#account || !this.#view) return undefined;
    const { state, holderName } = this.#view;
    // An answer that compared another name says nothing about this one.
    return COMPARED.includes(state) && subject.name !== this.#name ? { state: 'unresolved', holderName } : this.#view;
  }

  /** Asks, unless this very question has been answered or is on its way. */
  async ask(client: ClientOptions, subject: AccountCheckSubject, again = false): Promise<void> {
    const account = accountOf(subject);
    if (!again && account === this.#account && subject.name === this.#name && this.#view?.state !== 'failed') return;
    this.forget();
    const running = new AbortController();
    this.#running = running;
    this.#account = account;
    this.#name = subject.name;
    this.#view = { state: 'asking', holderName: '' };
    this.#changed();
    const { bankId, accountNumber, name } = subject;
    let view: AccountCheckView;
    try {
      const answer = await checkAccount(
        { ...client, signal: running.signal },
        { bankId, accountNumber, ...(name && { name }) },
      );
      const holderName = answer.holderName?.trim() ?? '';
      // Without a name to compare, or with a blank one from the bank, nothing can have matched.
      const empty = name === '' || (answer.holderName !== undefined && holderName === '');
      const compared = !empty && COMPARED.includes(answer.state);
      view = { state: compared ? answer.state : 'unresolved', holderName };
    } catch {
      view = { state: 'failed', holderName: '' };
    }
    if (running.signal.aborted) return;
    this.#view = view;
    this.#changed();
  }

  /** Drops the answer and whatever is on its way. */
  forget(): void {
    this.#running?.abort();
    this.#account = '';
    this.#name = undefined;
    this.#view = undefined;
  }
}

const accountOf = ({ bankId, accountNumber }: AccountCheckSubject): string => `${bankId}/${accountNumber}`;
