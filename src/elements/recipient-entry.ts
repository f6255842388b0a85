import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import { payoutAmountIssue } from '../rules/amount-limits.ts';
import { checkAmount, normalizeAmount } from '../rules/amount.ts';
import { normalizeField } from '../rules/check-field.ts';
import { currencyDecimals } from '../rules/currency.ts';
import { homeCountry, recipientMethods } from '../rules/recipient-fields.ts';
import { recipientWarnings } from '../rules/recipient-warnings.ts';
import { checkRequestId, normalizeRequestId } from '../rules/request-id.ts';
import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import type { FieldSpec, RecipientMethod, WarningCode } from '../rules/types.ts';
import { walletProvidersIn } from '../rules/wallet.ts';
import type { AccountCheckSubject } from './account-check.ts';
import { inFours } from './grouped-input.ts';
import { likelyPixKeyType, typedPixKeyType } from './likely-pix-key-type.ts';
import {
  blankDraft,
  contextOf,
  fillTexts,
  readDraft,
  type DraftReading,
  type RecipientDraft,
} from '../payouts/recipient-draft.ts';
import type { FormIssueCode } from './recipient-events.ts';

/** A field of the recipient or of the payout itself. */
export type EntryField = Omit<FieldSpec, 'rule' | 'labelKey' | 'hintKey' | 'inputMode'> & {
  rule: FieldSpec['rule'] | 'amount' | 'request-id';
  labelKey: string;
  hintKey?: string | undefined;
  inputMode?: string | undefined;
};

/** How a page changes one field of the form. */
export interface RecipientFieldConfig {
  label?: string | undefined;
  hint?: string | undefined;
  /** Shown, but not to be changed by the operator. */
  readonly?: boolean | undefined;
  /** Not shown; its default or the page's value is sent all the same. */
  hidden?: boolean | undefined;
  /** What the field holds at first and after a reset. */
  default?: string | undefined;
  /** Where a field of the recipient stands among the others: 0 by default, the lowest first. */
  order?: number | undefined;
}

/** What the page has decided about the entry. */
export interface EntrySettings {
  readonly methods: string;
  readonly currencies: string;
  readonly payout: boolean;
  readonly fields: Readonly<Record<string, RecipientFieldConfig>>;
  readonly rules: { readonly tables: RuleTables } | undefined;
}

/** What is entered, as the rules and the page's policy see it. */
export interface EntryReading extends Omit<DraftReading, 'issues'> {
  issues: Map<string, FormIssueCode>;
  /** The account to ask the bank about, once bank and number are right; its name is empty while that is not. */
  account: AccountCheckSubject | undefined;
}

const METHODS: readonly RecipientMethod[] = ['bank', 'ewallet', 'leanx'];

/** The choices that decide which fields there are. */
export const CHOICES = ['method', 'country', 'currency', 'accountType', 'provider'] as const;

/** The payout's amount. */
export const AMOUNT: EntryField = {
  name: 'amount',
  labelKey: 'amount',
  control: 'text',
  required: true,
  rule: 'amount',
  inputMode: 'decimal',
};

/** The merchant's own number of the payout. */
export const REFERENCE: EntryField = {
  name: 'reference',
  labelKey: 'reference',
  control: 'text',
  required: true,
  rule: 'request-id',
  hintKey: 'reference',
};

/** What is asked besides the recipient where the form sends the payout. */
export const PAYOUT_FIELDS: readonly EntryField[] = [AMOUNT, REFERENCE];

const words = (list: string): string[] => (list ? list.split(/[\s,]+/).filter(Boolean) : []);

/** Whether a field's text is shown in groups of four. */
export const isGrouped = ({ rule }: EntryField): boolean => rule === 'iban' || rule === 'bank-account';

/** What the operator and the page have entered, and what the rules make of it. */
export class RecipientEntry {
  /** Fields that were left: only they may complain. */
  readonly left = new Set<string>();
  /** What the proxy refused, in words, by field. */
  readonly refused = new Map<string, string>();
  /** The fields in the summary of what is wrong. */
  listed: readonly string[] = [];
  /** The wallet that was meant although the currency does not have it. */
  strayProvider = '';
  /** How often the set of fields may have changed; see `FieldView.round`. */
  round = 0;
  #draft: RecipientDraft = blankDraft();
  #reading: EntryReading | undefined;
  /** Choices the operator or the page has made; the others follow from the rest. */
  readonly #chosen = new Set<string>();
  /** The currency that each method had last, and the wallet of each currency: both come back with their choice. */
  readonly #lastOf = new Map<string, string>();
  readonly #settings: EntrySettings;
  readonly #isConfirmed: (account: AccountCheckSubject) => boolean;

  /** `isConfirmed` says whether the bank has confirmed an account's name as far as the page wants. */
  constructor(settings: EntrySettings, isConfirmed: (account: AccountCheckSubject) => boolean) {
    this.#settings = settings;
    this.#isConfirmed = isConfirmed;
  }

  /** The draft, its choices in agreement with each other. */
  get draft(): RecipientDraft {
    this.read();
    return this.#draft;
  }

  get tables(): RuleTables {
    return this.#settings.rules?.tables ?? TABLES;
  }

  /** The methods that are offered. */
  get methods(): RecipientMethod[] {
    const { methods, fields } = this.#settings;
    const wanted = words(methods);
    const { readonly, hidden } = fields.currency ?? {};
    const payable = readonly || hidden ? recipientMethods(this.#draft.currency, this.tables) : METHODS;
    const offered = payable.filter((name) => !wanted.length || wanted.includes(name));
    return offered.length > 0 ? offered : ['bank'];
  }

  /** The currencies that are offered with the method. */
  get currencies(): string[] {
    const { method } = this.#draft;
    if (method === 'leanx') return ['MYR'];
    const { corridors, wallets } = this.tables;
    const wanted = words(this.#settings.currencies.toUpperCase());
    const all = wanted.length > 0 ? wanted : [...corridors.keys()];
    return all.filter((code) => (method === 'ewallet' ? wallets.has(code) : code));
  }

  /** The wallets of the currency. */
  get providers(): string[] {
    return walletProvidersIn(this.tables.wallets, this.#draft.currency);
  }

  /** Forgets the reading: the draft, the settings or the answer about the name have changed. */
  changed(): void {
    this.#reading = undefined;
  }

  /** The recipient and its fields, and all that is not right yet, in the order of the fields. */
  read(): EntryReading {
    return (this.#reading ??= this.#read());
  }

  // On its own: the engine makes machine code of what is asked as often as `read`.
  #read(): EntryReading {
    const { tables } = this;
    const { payout, fields } = this.#settings;
    const draft = this.#draft;
    const [first = 'bank', ...others] = this.methods;
    if (!others.includes(draft.method)) draft.method = first;
    if (draft.method === 'leanx') draft.currency = 'MYR';
    const { currency } = draft;
    const { providers } = this;
    if (!providers.includes(draft.provider)) {
      const known = [this.#lastOf.get(currency), providers.length === 1 ? providers[0] : ''];
      // Another currency's wallet is kept for the message only.
      this.strayProvider = draft.provider || this.strayProvider;
      draft.provider = known.find((name) => providers.includes(name ?? '')) ?? '';
    }
    if (!this.#chosen.has('country')) draft.country = homeCountry(currency, tables) ?? '';
    const read = readDraft(draft, tables, (name) => fields[name]?.order ?? 0);
    const { issues: found, candidate } = read;
    const issues = new Map<string, FormIssueCode>(found);
    const note = (name: string, code: FormIssueCode | '' | undefined) => {
      if (code) issues.set(name, code);
    };
    if (found.has('provider') && this.strayProvider) note('provider', 'wallet-provider-unknown');
    const reading: EntryReading = { ...read, issues, account: undefined };
    if (candidate.method === 'leanx' && !found.has('bankId') && !found.has('accountNumber')) {
      const name = found.has('holderName') ? '' : candidate.holderName;
      reading.account = { ...candidate, name };
      if (name && !this.#isConfirmed(reading.account)) {
        note('holderName', 'name-not-confirmed');
        reading.recipient = undefined;
      }
    }
    if (payout) {
      const amount = this.wire(AMOUNT);
      note('amount', amount ? currency && payoutAmountIssue(amount, draft, tables) : 'required');
      const reference = this.wire(REFERENCE);
      note('reference', reference ? checkRequestId(reference) : 'required');
    }
    return reading;
  }

  /** The fields of the recipient and, with `payout`, of the payout. */
  get fields(): readonly EntryField[] {
    return [...this.read().specs, ...(this.#settings.payout ? PAYOUT_FIELDS : [])];
  }

  field(name: string): EntryField | undefined {
    return this.fields.find((field) => field.name === name);
  }

  /** Nothing was entered beyond what the page itself put there. */
  get isEmpty(): boolean {
    return this.fields.every(({ name, labelKey }) => {
      const text = this.#draft.texts.get(labelKey)?.trim();
      return !text || text === this.#settings.fields[name]?.default;
    });
  }

  /** The payout, once everything is right. */
  get request(): CreatePayoutsRequest | undefined {
    const { recipient, issues } = this.read();
    if (!recipient || issues.size > 0) return undefined;
    const payout = { reference: this.wire(REFERENCE), amount: this.wire(AMOUNT), recipient };
    return { currency: this.#draft.currency, payouts: [payout] };
  }

  /** What to look at twice in a field although it is accepted. */
  warning(name: string): WarningCode | undefined {
    const { candidate, issues } = this.read();
    if (issues.has(name)) return undefined;
    return recipientWarnings(candidate, this.tables).find(({ path }) => path === name)?.code;
  }

  /** A field's text as it was entered. */
  text({ labelKey }: EntryField): string {
    return this.#draft.texts.get(labelKey) ?? '';
  }

  /** A field's text as the field shows it. */
  shown(field: EntryField): string {
    const text = this.text(field);
    return text && isGrouped(field) ? inFours(text) : text;
  }

  /** A field's text in the form that is sent. */
  wire(field: EntryField): string {
    const text = this.text(field);
    const { rule } = field;
    if (!text) return text;
    if (rule === 'request-id') return normalizeRequestId(text);
    if (rule !== 'amount') return normalizeField(rule, text, contextOf(this.#draft), this.tables);
    // With all decimals of the currency: what the review shows is what is sent.
    const { currencies } = this.tables;
    const { currency } = this.#draft;
    const amount = normalizeAmount(text, currency, currencies);
    const decimals = currencyDecimals(currency, currencies);
    if (!decimals || checkAmount(amount, currency, currencies)) return amount;
    const [integer = '', fraction = ''] = amount.split('.');
    return `${integer}.${fraction.padEnd(decimals, '0')}`;
  }

  setText(field: EntryField, text: string): void {
    const { texts } = this.#draft;
    texts.set(field.labelKey, text);
    this.changed();
    if (field.rule !== 'pix-key' || this.#chosen.has('depositKeyType')) return;
    const type = typedPixKeyType(text);
    if (type) texts.set('depositKeyType', type);
    else if (!text.trim()) texts.delete('depositKeyType');
  }

  /** Puts a text that is right into the form that is sent, an amount with its thousands apart. Other text stays as typed. */
  tidy(field: EntryField): void {
    const { texts } = this.#draft;
    const type = field.rule === 'pix-key' && !texts.get('depositKeyType') && likelyPixKeyType(this.text(field));
    if (type) {
      // A mistyped key has the type it was meant to have: the message then says what is wrong with it.
      texts.set('depositKeyType', type);
      this.changed();
    }
    if (this.read().issues.has(field.name)) return;
    let text = this.wire(field);
    if (field.rule === 'amount') text = text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
    this.setText(field, text);
  }

  /** Takes a choice of the page or the operator. */
  choose(name: string, given: string | null | undefined): void {
    const value = given?.trim() ?? '';
    const draft = this.#draft;
    this.#chosen[value ? 'add' : 'delete'](name);
    if (/^(method|country|currency)$/.test(name)) this.round++;
    if (name === 'method') this.#setMethod(METHODS.find((method) => method === value) ?? draft.method);
    else if (name === 'country' || name === 'currency') draft[name] = value.toUpperCase();
    else if (name === 'accountType') draft.accountType = value === 'business' ? value : 'individual';
    else if (name === 'provider') {
      draft.provider = value;
      this.strayProvider = '';
      this.#lastOf.set(draft.currency, value);
    } else draft.texts.set(name, value);
    this.changed();
  }

  /** What is chosen for a choice, made or inferred. */
  choiceOf(name: string): string | undefined {
    const { texts, ...choices } = this.draft;
    return name in choices ? choices[name as (typeof CHOICES)[number]] : texts.get(name);
  }

  #setMethod(method: RecipientMethod): void {
    const draft = this.#draft;
    const before = draft.method;
    if (method === before) return;
    // LeanX forces its currency; that says nothing about the one the operator wants elsewhere.
    if (before !== 'leanx') this.#lastOf.set(before, draft.currency).set('', draft.currency);
    draft.method = method;
    const offered = this.currencies;
    const carried = before === 'leanx' ? (this.#lastOf.get('') ?? '') : draft.currency;
    const [only = ''] = offered.length === 1 ? offered : [];
    draft.currency = offered.includes(carried) ? carried : (this.#lastOf.get(method) ?? only);
    this.left.clear();
    this.listed = [];
  }

  /** Takes over a recipient, or as much of one as there is, in place of what was entered. */
  fill(value: unknown): void {
    let given = value;
    try {
      if (typeof value === 'string') given = JSON.parse(value);
    } catch {
      given = undefined;
    }
    const { texts } = this.#draft;
    for (const key of texts.keys()) if (!PAYOUT_FIELDS.some(({ name }) => name === key)) texts.delete(key);
    this.left.clear();
    this.#chosen.delete('depositKeyType');
    if (typeof given === 'object' && given !== null) {
      const members = given as Readonly<Record<string, unknown>>;
      for (const name of CHOICES) if (typeof members[name] === 'string') this.choose(name, members[name]);
      fillTexts(this.draft, given, this.tables);
      if (texts.has('depositKeyType')) this.#chosen.add('depositKeyType');
    }
    this.changed();
  }

  /** Puts the page's defaults where the page or the operator has put nothing else. */
  fillDefaults(): void {
    const defaultOf = (name: string) => this.#settings.fields[name]?.default;
    for (const name of [...CHOICES, 'depositKeyType']) {
      const text = defaultOf(name);
      if (text && !this.#chosen.has(name)) this.choose(name, text);
    }
    for (const field of this.fields) {
      const text = defaultOf(field.name);
      if (text && !this.text(field)) this.setText(field, text);
    }
    if (this.text(AMOUNT)) this.tidy(AMOUNT);
  }

  clear(): void {
    this.#draft = blankDraft();
    for (const kept of [this.#chosen, this.#lastOf, this.left, this.refused]) kept.clear();
    this.listed = [];
    this.strayProvider = '';
    this.round++;
    this.changed();
  }

  /** What the browser may keep for Back; a card's number is not among it. */
  get state(): string {
    const { texts, ...choice } = this.#draft;
    const { issues } = this.read();
    const kept = [...texts].filter(([key]) => issues.get(key) !== 'card-number');
    return JSON.stringify([choice, kept, [...this.#chosen]]);
  }

  set state(state: string) {
    try {
      const [choice, texts, chosen] = JSON.parse(state) as [RecipientDraft, [string, string][], string[]];
      this.#draft = { ...choice, texts: new Map(texts) };
      for (const name of chosen) this.#chosen.add(name);
      this.changed();
    } catch {
      // The state of another version of the page: the form starts empty.
    }
  }
}
