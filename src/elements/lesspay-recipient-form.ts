import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ClientOptions, ProxyError } from '../client.ts';
import { recipientForm } from '../locales/en/recipient-form.ts';
import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import { isFinal, type PayoutStatus } from '../protocol/status.ts';
import { checkAmount, normalizeAmount } from '../rules/amount.ts';
import { normalizeField } from '../rules/check-field.ts';
import { currencyDecimals } from '../rules/currency.ts';
import { inferPixKeyType } from '../rules/pix-key.ts';
import { homeCountry, recipientMethods } from '../rules/recipient-fields.ts';
import { recipientWarnings } from '../rules/recipient.ts';
import { checkRequestId, normalizeRequestId } from '../rules/request-id.ts';
import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import {
  ISSUE_CODES,
  type FieldSpec,
  type IssueCode,
  type Recipient,
  type RecipientIssue,
  type RecipientMethod,
} from '../rules/types.ts';
import { AccountCheck, type AccountCheckSubject } from './account-check.ts';
import { LesspayErrorEvent } from './events.ts';
import { fieldStyles } from './field-styles.ts';
import { inFours, regroup } from './grouped-input.ts';
import { checkIcon, clockIcon, errorIcon, questionIcon, warningIcon } from './icons.ts';
import { issueText } from './issue-text.ts';
import type { LesspayBankChangeEvent, LesspayBankPicker } from './lesspay-bank-picker.ts';
import { LesspayElement } from './lesspay-element.ts';
import { afterPaint, formatMoney } from './money.ts';
import { PayoutAttempt, type AttemptOutcome } from './payout-attempt.ts';
import { leavesOf, reviewList, type ReviewRow } from './payout-review.ts';
import {
  candidateOf,
  contextOf,
  fillDraft,
  readDraft,
  type DraftReading,
  type RecipientDraft,
} from './recipient-draft.ts';
import { LesspayRecipientChangeEvent, LesspaySubmittedEvent } from './recipient-events.ts';
import { fieldId, radioField, selectField, textField, type FieldFrame } from './recipient-fields.ts';
import { recipientFormStyles } from './recipient-form-styles.ts';
import { nameOf } from './region-names.ts';
import { spinner } from './spinner.ts';
import { buttons, tokens } from './styles.ts';
import { translator } from './texts.ts';

const translate = translator('recipientForm', recipientForm);
type Key = keyof typeof recipientForm;
type Text = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const METHODS: readonly RecipientMethod[] = ['bank', 'ewallet', 'leanx'];
const STATUS_EVERY_MS = 15_000;

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
}

/** What the form is doing: being filled, being looked over, on its way, or where the payout then stands. */
export type RecipientFormStep = 'edit' | 'review' | 'sending' | 'accepted' | 'unknown';

/** Which field an upstream code speaks of, for refusals that name none. */
const UPSTREAM_FIELDS: Readonly<Record<string, string>> = {
  30001: 'currency',
  30002: 'amount',
  30004: 'accountType',
  30005: 'country',
  30006: 'accountNumber',
  30007: 'reference',
  30009: 'amount',
};

/**
 * The recipient of a payout: a bank account, an e-wallet or a Malaysian bank account, with the fields that its currency
 * and country need, checked by the rules that the proxy applies too. With `payout` also the amount, a review of exactly
 * what will be sent, and the sending.
 *
 * @summary A payout recipient, or with `payout` a whole payout.
 * @tag lesspay-recipient-form
 * @fires {LesspayRecipientChangeEvent} lesspay-change - The operator has changed something.
 * @fires {LesspaySubmittedEvent} lesspay-submitted - The proxy has taken the payout.
 * @fires {LesspayErrorEvent} lesspay-error - The payout was refused, or its outcome is not known.
 * @slot before - Above the fields.
 * @slot after - Below the fields.
 * @csspart field - A field with its label, hint and message.
 * @csspart label - A label.
 * @csspart input - A text input or select.
 * @csspart hint - The help under a field.
 * @csspart error - The message under a field.
 * @csspart summary - The summary of what is wrong after a failed submit.
 * @csspart review - The definition list of the review.
 * @csspart primary - The main button.
 * @csspart secondary - The other button.
 * @cssprop [--lesspay-accent] - Main button, focus and selection.
 * @cssprop [--lesspay-danger] - Messages and refused fields.
 * @cssprop [--lesspay-radius=8px] - Corner radius.
 * @cssprop [--lesspay-density=1] - 1 comfortable (44 px controls), 0 compact (36 px).
 * @cssstate review - The review is shown. `sending`, `accepted` and `unknown` are states likewise.
 * @cssstate disabled - The form is disabled, by itself or by a fieldset.
 */
export class LesspayRecipientForm extends LesspayElement {
  /** Takes part in forms. */
  static readonly formAssociated = true;
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [tokens, buttons, spinner, fieldStyles, recipientFormStyles];

  static override readonly properties = {
    proxy: {},
    method: { noAccessor: true },
    currency: { noAccessor: true },
    country: { noAccessor: true },
    amount: { noAccessor: true },
    reference: { noAccessor: true },
    value: { noAccessor: true },
    methods: {},
    currencies: {},
    name: { reflect: true },
    label: {},
    payout: { type: Boolean, reflect: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    fields: { attribute: false },
    rules: { attribute: false },
    fetch: { attribute: false },
    allowedProxyOrigins: { attribute: false },
  };

  /** The base path of the signing proxy. */
  declare proxy: string;
  /** The ways to pay that are offered, separated by spaces; all by default. */
  declare methods: string;
  /** The currencies that are offered, separated by spaces; by default those of the rules. */
  declare currencies: string;
  /** Name of the form entry; its value is the recipient as JSON. */
  declare name: string;
  /** What a screen reader calls the form. */
  declare label: string;
  /** Asks for amount and reference too, and sends the payout through the proxy. */
  declare payout: boolean;
  /** Whether the form may stay empty. */
  declare required: boolean;
  declare disabled: boolean;
  /** Changes to single fields, by member (`holderName`, `codes.ifsc`), `method`, `country`, `currency`, `accountType`, `provider`, `amount` or `reference`. */
  declare fields: Readonly<Record<string, RecipientFieldConfig>>;
  /** Rules over the merchant's own tables, from `createRules`. */
  declare rules: { readonly tables: RuleTables } | undefined;
  /** Used instead of the page's `fetch`. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** Other origins on which the proxy may be. */
  declare allowedProxyOrigins: readonly string[] | undefined;

  #draft: RecipientDraft = blankDraft();
  #amount = '';
  #reference = '';
  #countryChosen = false;
  #keyTypeChosen = false;
  /** The currency that each method had last, and the wallet of each currency: both come back with their choice. */
  readonly #currencyOf = new Map<RecipientMethod, string>();
  readonly #providerOf = new Map<string, string>();
  #reading: DraftReading | undefined;
  /** Fields that were left: only they may complain. */
  readonly #left = new Set<string>();
  readonly #refused = new Map<string, string>();
  #summary: readonly string[] = [];
  #banner = '';
  #step: RecipientFormStep = 'edit';
  #attempt: PayoutAttempt | undefined;
  #attemptEnded = false;
  #sending: Promise<AttemptOutcome | undefined> | undefined;
  #outcome: AttemptOutcome | undefined;
  #checkedAt = '';
  #focusNext = '';
  #formDisabled = false;
  #quiet = false;
  #painted = false;
  #statusLater: ReturnType<typeof setTimeout> | undefined;
  #restored = false;
  readonly #check = new AccountCheck(() => this.requestUpdate());

  constructor() {
    super();
    this.proxy = '';
    this.methods = '';
    this.currencies = '';
    this.name = '';
    this.label = '';
    this.payout = false;
    this.required = false;
    this.disabled = false;
    this.fields = {};
    this.rules = undefined;
    this.fetch = undefined;
    this.allowedProxyOrigins = undefined;
    this.internals.role = 'group';
    this.addEventListener('invalid', () => {
      // A submit of the page's form or a report: say at the fields what is wrong. A mere check shows nothing.
      if (this.#quiet) return;
      this.#showIssues();
    });
  }

  /** The recipient once everything is right, else `undefined`. Setting takes a recipient, or as much of one as there is. */
  get value(): Recipient | undefined {
    return this.#read().recipient;
  }

  set value(value: Recipient | Readonly<Record<string, unknown>> | string | null | undefined) {
    let given: unknown = value;
    if (typeof value === 'string') {
      try {
        given = JSON.parse(value);
      } catch {
        given = undefined;
      }
    }
    this.#draft.texts.clear();
    this.#left.clear();
    this.#keyTypeChosen = false;
    if (typeof given === 'object' && given !== null) {
      fillDraft(this.#draft, given, this.#tables);
      this.#countryChosen ||= this.#draft.country !== '' && 'country' in given;
      this.#keyTypeChosen = this.#draft.texts.has('depositKeyType');
    }
    this.#changed();
  }

  /** What is not right yet, shown to the operator or not. */
  get issues(): RecipientIssue[] {
    return [...this.#issues()].map(([path, code]) => ({ path, code }));
  }

  /** How the recipient is paid. */
  get method(): RecipientMethod {
    this.#read();
    return this.#draft.method;
  }

  set method(method: string | null) {
    if (METHODS.includes(method as RecipientMethod)) this.#setMethod(method as RecipientMethod);
  }

  /** ISO 4217 of the payout. */
  get currency(): string {
    this.#read();
    return this.#draft.currency;
  }

  set currency(currency: string | null) {
    this.#draft.currency = currency?.trim().toUpperCase() ?? '';
    this.#changed();
  }

  /** ISO 3166-1 alpha-2 of the recipient's bank. */
  get country(): string {
    this.#read();
    return this.#draft.country;
  }

  set country(country: string | null) {
    this.#draft.country = country?.trim().toUpperCase() ?? '';
    this.#countryChosen = this.#draft.country !== '';
    this.#changed();
  }

  /** Decimal string of the payout; with `payout`. */
  get amount(): string {
    return this.#wireAmount();
  }

  set amount(amount: string | number | null) {
    this.#amount = amount == null ? '' : String(amount);
    this.#tidyAmount();
    this.#changed();
  }

  /** The merchant's own reference of the payout; with `payout`. */
  get reference(): string {
    return normalizeRequestId(this.#reference);
  }

  set reference(reference: string | null) {
    this.#reference = reference ?? '';
    this.#changed();
  }

  /** What the form is doing. */
  get step(): RecipientFormStep {
    return this.#step;
  }

  /** The form this element belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    this.#sync();
    return this.internals.validity;
  }

  get validationMessage(): string {
    this.#sync();
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** Whether everything is right; shows nothing. */
  checkValidity(): boolean {
    this.#sync();
    this.#quiet = true;
    const valid = this.internals.checkValidity();
    this.#quiet = false;
    return valid;
  }

  /** Whether everything is right; if not, says so at the fields. */
  reportValidity(): boolean {
    this.#sync();
    return this.internals.reportValidity();
  }

  /** Shows the review, or what keeps it from being shown. Only with `payout`. */
  review(): boolean {
    if (!this.payout || this.#disabled || this.#step !== 'edit') return false;
    if (this.#request() === undefined) {
      this.#showIssues(true);
      return false;
    }
    this.#banner = '';
    this.#summary = [];
    this.#go('review', 'title');
    return true;
  }

  /** Goes back from the review to the fields. */
  edit(): void {
    if (this.#step !== 'review') return;
    this.#banner = '';
    this.#go('edit', '');
    const first = this.#read().specs.find(({ name }) => !this.fields[name]?.hidden);
    this.#focusNext = fieldId(first?.name ?? 'method');
  }

  /**
   * Sends the payout through the proxy: once, however often it is called. After an unknown outcome it asks about the
   * same payout. Resolves with what is then known, or `undefined` where something is not right yet.
   */
  submit(): Promise<AttemptOutcome | undefined> {
    if (!this.payout)
      return Promise.reject(new Error('submit() needs the "payout" attribute on <lesspay-recipient-form>.'));
    // Taken in the same tick as the click: a second click finds the first one's promise.
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#followStatus);
    this.#followStatus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#followStatus);
    clearTimeout(this.#statusLater);
    this.#check.forget();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.requestUpdate();
  }

  formResetCallback(): void {
    // An attempt whose outcome is open keeps its key: a reset must not make a second payout of it.
    if (this.#step === 'sending' || this.#step === 'unknown') return;
    this.#clear();
  }

  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state !== 'string') return;
    try {
      const { texts, amount, reference, ...choice } = JSON.parse(state) as Omit<RecipientDraft, 'texts'> & {
        texts: [string, string][];
        amount: string;
        reference: string;
      };
      this.#draft = { ...blankDraft(), ...choice, texts: new Map(texts) };
      this.#countryChosen = this.#draft.country !== '';
      this.#keyTypeChosen = this.#draft.texts.has('depositKeyType');
      this.#amount = amount;
      this.#reference = reference;
      this.#restored = true;
      this.#changed();
    } catch {
      // A state of an earlier version of the page: the form starts empty.
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('fields') || changed.has('rules') || changed.has('methods')) this.#reading = undefined;
    if (!this.hasUpdated && !this.#restored) this.#applyDefaults();
    this.internals.ariaLabel = this.label || this.#t('form.label');
    this.#sync();
  }

  protected override firstUpdated(): void {
    const root = this.renderRoot;
    root.addEventListener('input', this.#onInput);
    root.addEventListener('change', this.#onChange);
    root.addEventListener('focusout', this.#onFocusout);
    root.addEventListener('keydown', this.#onKeydown);
    // The names of 250 countries cost milliseconds of ICU: not before the first paint.
    afterPaint(() => {
      this.#painted = true;
      this.requestUpdate();
    });
  }

  protected override updated(): void {
    this.#sync();
    for (const step of ['review', 'sending', 'accepted', 'unknown'] as const) this.setState(step, this.#step === step);
    this.setState('disabled', this.#disabled);
    if (this.#focusNext) {
      const target = this.renderRoot.querySelector<HTMLElement>(`#${this.#focusNext}`);
      this.#focusNext = '';
      focusInside(target);
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="form">
      ${
        this.#step === 'edit'
          ? this.#renderFields()
          : this.#step === 'review' || this.#step === 'sending'
            ? this.#renderReview()
            : this.#renderResult()
      }
    </div>`;
  }

  get #tables(): RuleTables {
    return this.rules?.tables ?? TABLES;
  }

  get #disabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  get #t(): Text {
    return translate(this.language) as Text;
  }

  get #client(): ClientOptions {
    return { proxy: this.proxy, fetch: this.fetch, allowedProxyOrigins: this.allowedProxyOrigins };
  }

  get #offeredMethods(): RecipientMethod[] {
    const wanted = words(this.methods);
    let offered = METHODS.filter((method) => wanted.length === 0 || wanted.includes(method));
    const { currency } = this.fields;
    if (currency?.readonly || currency?.hidden) {
      const payable = recipientMethods(this.#draft.currency, this.#tables);
      offered = offered.filter((method) => payable.includes(method));
    }
    return offered.length > 0 ? offered : ['bank'];
  }

  #currenciesFor(method: RecipientMethod): string[] {
    if (method === 'leanx') return ['MYR'];
    const { corridors, wallets } = this.#tables;
    const wanted = words(this.currencies.toUpperCase());
    const all = wanted.length > 0 ? wanted : [...corridors.keys()].filter(Boolean);
    return method === 'ewallet' ? all.filter((code) => wallets.has(code)) : all;
  }

  #providers(): string[] {
    return (this.#tables.wallets.get(this.#draft.currency) ?? []).map(({ name }) => name);
  }

  /** Reads the draft, after making its choices agree with each other. */
  #read(): DraftReading {
    if (this.#reading) return this.#reading;
    const draft = this.#draft;
    const offered = this.#offeredMethods;
    if (!offered.includes(draft.method) && offered[0]) draft.method = offered[0];
    if (draft.method === 'leanx') draft.currency = 'MYR';
    if (draft.method === 'ewallet') {
      const providers = this.#providers();
      if (!providers.includes(draft.provider)) {
        const [only] = providers.length === 1 ? providers : [];
        draft.provider = this.#providerOf.get(draft.currency) ?? only ?? '';
      }
    }
    if (!this.#countryChosen) draft.country = homeCountry(draft.currency, this.#tables) ?? '';
    return (this.#reading = readDraft(draft, this.#tables));
  }

  /** Everything that is not right, in the order of the fields. */
  #issues(): Map<string, IssueCode> {
    const { issues, specs } = this.#read();
    const order = ['method', 'country', 'currency', 'accountType', 'provider', ...specs.map(({ name }) => name)];
    const sorted = [...issues].sort(([a], [b]) => place(order, a) - place(order, b));
    if (this.payout) {
      const { currency } = this.#draft;
      const amount = currency ? checkAmount(this.#wireAmount(), currency, this.#tables.currencies) : undefined;
      if (amount ?? !this.#amount.trim()) sorted.push(['amount', amount ?? 'required']);
      const reference = checkRequestId(this.reference);
      if (reference) sorted.push(['reference', reference === 'request-id-empty' ? 'required' : reference]);
    }
    return new Map(sorted);
  }

  /** Nothing was entered beyond what the page itself put there. */
  get #isEmpty(): boolean {
    return [...this.#draft.texts].every(([key, text]) => text.trim() === '' || this.#defaultOf(key) === text);
  }

  #defaultOf(labelKey: string): string | undefined {
    const name = this.#read().specs.find((spec) => spec.labelKey === labelKey)?.name ?? labelKey;
    return this.fields[name]?.default;
  }

  #request(): CreatePayoutsRequest | undefined {
    const { recipient } = this.#read();
    if (!recipient || this.#issues().size > 0) return undefined;
    return {
      currency: this.#draft.currency,
      payouts: [{ reference: this.reference, amount: this.#wireAmount(), recipient }],
    };
  }

  /** With all decimals of the currency: what the review shows is what is sent. */
  #wireAmount(): string {
    const { currency } = this.#draft;
    const amount = normalizeAmount(this.#amount, currency, this.#tables.currencies);
    const decimals = currencyDecimals(currency, this.#tables.currencies);
    if (!decimals || checkAmount(amount, currency, this.#tables.currencies)) return amount;
    const [integer = '', fraction = ''] = amount.split('.');
    return `${integer}.${fraction.padEnd(decimals, '0')}`;
  }

  #tidyAmount(): void {
    const { currency } = this.#draft;
    const amount = this.#wireAmount();
    if (currency && !checkAmount(amount, currency, this.#tables.currencies)) {
      this.#amount = amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
    } else this.#amount = this.#amount.trim();
  }

  #accountSubject(): AccountCheckSubject | undefined {
    const { specs, issues } = this.#read();
    if (this.#draft.method !== 'leanx' || issues.has('bankId') || issues.has('accountNumber')) return undefined;
    const { bankId, accountNumber, holderName } = candidateOf(this.#draft, specs, this.#tables);
    return {
      bankId: bankId as number,
      accountNumber: accountNumber as string,
      name: issues.has('holderName') ? '' : (holderName as string),
    };
  }

  #applyDefaults(): void {
    const draft = this.#draft;
    const { fields } = this;
    const given = (name: string): string => fields[name]?.default ?? '';
    if (METHODS.includes(given('method') as RecipientMethod) && !this.hasAttribute('method')) {
      draft.method = given('method') as RecipientMethod;
    }
    draft.currency ||= given('currency');
    if (!draft.country && given('country')) {
      draft.country = given('country');
      this.#countryChosen = true;
    }
    draft.provider ||= given('provider');
    if (given('accountType') === 'business') draft.accountType = 'business';
    this.#reading = undefined;
    for (const { name, labelKey } of this.#read().specs) {
      if (given(name) && !draft.texts.has(labelKey)) draft.texts.set(labelKey, given(name));
    }
    this.#amount ||= given('amount');
    this.#tidyAmount();
    this.#reference ||= given('reference');
    this.#reading = undefined;
  }

  #clear(): void {
    this.#draft = blankDraft();
    this.#countryChosen = false;
    this.#keyTypeChosen = false;
    this.#currencyOf.clear();
    this.#providerOf.clear();
    this.#left.clear();
    this.#refused.clear();
    this.#summary = [];
    this.#banner = '';
    this.#attempt = undefined;
    this.#outcome = undefined;
    this.#step = 'edit';
    this.#check.forget();
    clearTimeout(this.#statusLater);
    this.#amount = this.getAttribute('amount') ?? '';
    this.#reference = this.getAttribute('reference') ?? '';
    this.method = this.getAttribute('method');
    this.currency = this.getAttribute('currency');
    this.country = this.getAttribute('country');
    if (this.hasAttribute('value')) this.value = this.getAttribute('value');
    this.#applyDefaults();
    this.#changed();
  }

  /** After any change: the form's value and validity are right at once, not only after the next render. */
  #changed(): void {
    this.#reading = undefined;
    this.#sync();
    this.requestUpdate();
  }

  /** After a change by the operator. */
  #edited(name: string): void {
    this.#refused.delete(name);
    this.#changed();
    this.dispatchEvent(new LesspayRecipientChangeEvent(this.value, this.issues));
  }

  #sync(): void {
    const { recipient } = this.#read();
    const issues = this.#issues();
    const [first] = issues;
    const blank = !this.required && !this.payout && this.#isEmpty;
    if (!first || blank) this.internals.setValidity({});
    else {
      const anchor = this.shadowRoot?.querySelector<HTMLElement>(`#${fieldId(first[0])}`) ?? undefined;
      const flags: ValidityStateFlags = first[1] === 'required' ? { valueMissing: true } : { customError: true };
      this.internals.setValidity(flags, this.#message(first[0], first[1]), anchor);
    }
    this.internals.setFormValue(recipient ? JSON.stringify(recipient) : null, this.#state(issues));
  }

  /** What the browser may keep to restore the form after Back. A card's number is not among it. */
  #state(issues: ReadonlyMap<string, IssueCode>): string | null {
    if (this.getAttribute('autocomplete') === 'off') return null;
    const { texts, ...choice } = this.#draft;
    const kept = [...texts].filter(([key]) => key !== 'accountNumber' || issues.get(key) !== 'card-number');
    return JSON.stringify({ ...choice, texts: kept, amount: this.#amount, reference: this.#reference });
  }

  #setMethod(method: RecipientMethod): void {
    const draft = this.#draft;
    if (method === draft.method) return;
    const before = draft.method;
    // LeanX forces its currency; that says nothing about the one the operator wants elsewhere.
    if (before !== 'leanx') this.#currencyOf.set(before, draft.currency);
    draft.method = method;
    const offered = this.#currenciesFor(method);
    const carried = before === 'leanx' ? (this.#currencyOf.get('bank') ?? '') : draft.currency;
    if (offered.includes(carried) && carried) draft.currency = carried;
    else {
      const [only] = offered.length === 1 ? offered : [];
      draft.currency = this.#currencyOf.get(method) ?? only ?? '';
    }
    this.#left.clear();
    this.#summary = [];
    this.#changed();
  }

  #setText(spec: FieldSpec, text: string): void {
    const { texts } = this.#draft;
    texts.set(spec.labelKey, text);
    if (spec.rule === 'pix-key' && !this.#keyTypeChosen) {
      const type = inferPixKeyType(text);
      if (type) texts.set('depositKeyType', type);
      else if (text.trim() === '') texts.delete('depositKeyType');
    }
  }

  #showIssues(focus = false): void {
    const issues = this.#issues();
    if (!this.required && !this.payout && this.#isEmpty) return;
    for (const name of issues.keys()) this.#left.add(name);
    this.#summary = [...issues.keys()];
    if (focus && issues.size > 0) this.#focusNext = 'summary';
    this.requestUpdate();
  }

  #go(step: RecipientFormStep, focus: string): void {
    this.#step = step;
    this.#focusNext = focus;
    this.requestUpdate();
  }

  async #send(): Promise<AttemptOutcome | undefined> {
    if (this.#step === 'accepted') return this.#outcome;
    const again = this.#step === 'unknown' && this.#attempt;
    let attempt: PayoutAttempt;
    if (again) attempt = again;
    else {
      if (this.#disabled) return undefined;
      const request = this.#request();
      if (!request) {
        this.#go('edit', '');
        this.#showIssues(true);
        return undefined;
      }
      // One key for one payout: a try after a lost answer or a refusal that may pass is the same attempt.
      if (!this.#attempt?.isFor(request) || this.#attemptEnded) this.#attempt = new PayoutAttempt(request);
      this.#attemptEnded = false;
      attempt = this.#attempt;
      this.#banner = '';
      this.#go('sending', '');
    }
    this.requestUpdate();
    const outcome = await (again ? attempt.check(this.#client) : attempt.send(this.#client));
    this.#settle(outcome, attempt);
    return outcome;
  }

  #settle(outcome: AttemptOutcome, attempt: PayoutAttempt): void {
    const before = this.#outcome;
    this.#outcome = outcome;
    if (outcome.state === 'refused') {
      this.#refuse(outcome.error);
      return;
    }
    const { requestId, total } = outcome;
    const [payout] = attempt.request.payouts;
    const known = before && before.state !== 'refused' ? before.requestId : undefined;
    if (requestId !== undefined && requestId !== known && total !== undefined && payout) {
      const { currency } = attempt.request;
      const { reference, recipient } = payout;
      const status = outcome.state === 'accepted' ? outcome.status : 'unknown';
      this.dispatchEvent(new LesspaySubmittedEvent({ requestId, status, total, currency, reference, recipient }));
    }
    if (outcome.state === 'accepted') {
      if (this.#step !== 'accepted') this.#go('accepted', 'title');
      this.#followStatus();
    } else {
      const first = this.#step !== 'unknown';
      this.#checkedAt = first ? '' : new Date().toLocaleTimeString(languageTag(this.language), { timeStyle: 'short' });
      this.#go('unknown', first ? 'title' : '');
      if (outcome.error) this.#tellError(outcome.error, this.#t('result.unknown'));
    }
    this.requestUpdate();
  }

  /** Refusals go to their fields where they name any. */
  #refuse(error: ProxyError): void {
    const t = this.#t;
    const { problem, code } = error;
    const upstream = problem?.upstreamCode ?? '';
    const own = this.#own(`upstream.${upstream}`) ?? this.#own(`problem.${code}`);
    this.#banner = own ?? t('problem.other', { code });
    const shown = new Set(['method', 'country', 'currency', 'accountType', 'provider', 'amount', 'reference']);
    for (const { name } of this.#read().specs) shown.add(name);
    this.#refused.clear();
    for (const { path, code } of problem?.errors ?? []) {
      const name = this.#fieldOf(path.replace(/^payouts\.\d+\./, '').replace(/^recipient\./, ''), shown);
      const known = ISSUE_CODES.find((issue) => issue === code);
      if (name) this.#refused.set(name, upstream && own && !known ? own : this.#message(name, known ?? 'wrong-type'));
    }
    const guess = this.#fieldOf(UPSTREAM_FIELDS[upstream] ?? '', shown);
    if (this.#refused.size === 0 && guess && own) this.#refused.set(guess, own);
    const correctable =
      this.#refused.size > 0 ||
      ['upstream-refused', 'no-route', 'duplicate-payout', 'invalid-recipient'].includes(code);
    this.#summary = [...this.#refused.keys()];
    if (correctable) {
      // Nothing has happened upstream; what the operator reviews next is a new attempt.
      this.#attemptEnded = !error.retryable;
      this.#go('edit', this.#summary.length > 0 ? 'summary' : 'banner');
    } else this.#go('review', 'banner');
    this.#tellError(error, this.#banner);
  }

  #fieldOf(path: string, shown: ReadonlySet<string>): string | undefined {
    if (shown.has(path)) return path;
    if (path === 'accountNumber') return ['depositKey', 'iban'].find((name) => shown.has(name));
    return undefined;
  }

  #own(key: string): string | undefined {
    return key in recipientForm ? this.#t(key as Key) : undefined;
  }

  #tellError(error: ProxyError, text: string): void {
    const { code, retryable, message } = error;
    this.dispatchEvent(new LesspayErrorEvent({ code, retryable, message, text, cause: error }));
  }

  /** Asks from time to time how an accepted payout fares, while someone can see it. */
  #followStatus = (): void => {
    clearTimeout(this.#statusLater);
    const outcome = this.#outcome;
    if (!this.isConnected || document.hidden || outcome?.state !== 'accepted' || isFinal(outcome.status)) return;
    this.#statusLater = setTimeout(() => void this.#updateStatus(), STATUS_EVERY_MS);
  };

  async #updateStatus(): Promise<void> {
    const attempt = this.#attempt;
    if (!attempt || this.#outcome?.state !== 'accepted') return;
    const outcome = await attempt.check(this.#client);
    // A lost answer does not take back what is known already.
    if (outcome.state === 'accepted' && attempt === this.#attempt) {
      this.#outcome = outcome;
      this.requestUpdate();
    }
    this.#followStatus();
  }

  #specNamed(name: string): FieldSpec | undefined {
    return this.#read().specs.find((spec) => spec.name === name);
  }

  #onInput = (event: Event): void => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== 'text') return;
    const name = input.dataset.field ?? '';
    const spec = this.#specNamed(name);
    if (name === 'amount') this.#amount = input.value;
    else if (name === 'reference') this.#reference = input.value;
    else if (spec) {
      const grouped = spec.rule === 'iban' || spec.rule === 'bank-account';
      const text = grouped ? regroup(input, event, this.#draft.texts.get(spec.labelKey) ?? '') : input.value;
      this.#setText(spec, spec.rule === 'iban' ? text.toUpperCase() : text);
    } else return;
    const complained = this.#left.has(name) && this.#issues().has(name);
    this.#edited(name);
    // A message stays until the value is right; a field that was right is left alone until it is left again.
    if (!complained || !this.#issues().has(name)) this.#left.delete(name);
  };

  #onChange = (event: Event): void => {
    const control = event.target;
    if (!(control instanceof HTMLSelectElement) && !(control instanceof HTMLInputElement && control.type === 'radio')) {
      return;
    }
    const name = control.dataset.field ?? '';
    const { value } = control;
    const draft = this.#draft;
    if (name === 'method') this.#setMethod(value as RecipientMethod);
    else if (name === 'currency') {
      draft.currency = value;
      this.#tidyAmount();
    } else if (name === 'country') {
      draft.country = value;
      this.#countryChosen = true;
    } else if (name === 'accountType') draft.accountType = value as RecipientDraft['accountType'];
    else if (name === 'provider') {
      draft.provider = value;
      this.#providerOf.set(draft.currency, value);
    } else {
      const spec = this.#specNamed(name);
      if (!spec) return;
      if (spec.rule === 'pix-key-type') this.#keyTypeChosen = true;
      draft.texts.set(spec.labelKey, value);
    }
    this.#edited(name);
  };

  #onFocusout = (event: Event): void => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === 'text') this.#leave(input.dataset.field ?? '');
  };

  /** A field is left: its value is put into the form that will be sent, and it may complain from now on. */
  #leave(name: string): void {
    const spec = this.#specNamed(name);
    let text: string;
    if (name === 'amount') {
      this.#tidyAmount();
      text = this.#amount;
    } else if (name === 'reference') {
      this.#reference = this.reference;
      text = this.#reference;
    } else if (spec) {
      const { texts } = this.#draft;
      const typed = texts.get(spec.labelKey) ?? '';
      text = normalizeField(spec.rule, typed, contextOf(this.#draft), this.#tables);
      if (text !== typed) this.#setText(spec, text);
    } else return;
    // Tabbing over an empty field is no mistake yet; emptying one that was complained about is.
    if (text !== '') this.#left.add(name);
    this.#summary = this.#summary.filter((listed) => this.#issues().has(listed) || this.#refused.has(listed));
    this.#changed();
    if (name === 'accountNumber' || name === 'holderName') this.#askForName();
  }

  #onKeydown = (event: Event): void => {
    const { key, target, isComposing, defaultPrevented } = event as KeyboardEvent;
    if (key !== 'Enter' || isComposing || defaultPrevented) return;
    if (!(target instanceof HTMLInputElement) || target.type !== 'text') return;
    // Inputs in a shadow tree do not submit the form around it; Enter should all the same.
    event.preventDefault();
    this.#leave(target.dataset.field ?? '');
    if (this.payout) this.review();
    else this.form?.requestSubmit();
  };

  #onBank(event: LesspayBankChangeEvent): void {
    event.stopPropagation();
    const picker = event.target as LesspayBankPicker;
    const name = picker.dataset.field ?? '';
    const spec = this.#specNamed(name);
    if (!spec) return;
    const { texts } = this.#draft;
    texts.set(spec.labelKey, spec.rule === 'bank-id' ? event.value : picker.text);
    if (event.bank) texts.set(`${spec.labelKey}Name`, event.bank.name);
    else texts.delete(`${spec.labelKey}Name`);
    this.#edited(name);
    if (!this.#issues().has(name)) this.#left.delete(name);
    if (spec.rule === 'bank-id') this.#askForName();
  }

  #onBankLeft(event: FocusEvent): void {
    const picker = event.currentTarget as LesspayBankPicker;
    if (picker.text.trim() !== '') this.#left.add(picker.dataset.field ?? '');
    this.requestUpdate();
  }

  #askForName(again = false): void {
    const subject = this.#accountSubject();
    if (subject && this.proxy) void this.#check.ask(this.#client, subject, again);
  }

  #useBankName(name: string): void {
    this.#draft.texts.set('holderName', name);
    this.#edited('holderName');
    this.#leave('holderName');
  }

  #onSummaryLink(event: Event): void {
    event.preventDefault();
    const { target = '' } = (event.currentTarget as HTMLElement).dataset;
    focusInside(this.renderRoot.querySelector<HTMLElement>(`#${target}`));
  }

  #labelOf(name: string): string {
    const own = this.fields[name]?.label;
    if (own) return own;
    const key = this.#specNamed(name)?.labelKey ?? name;
    return this.#own(`field.${key}`) ?? name;
  }

  /** What is wrong with a field, in words. */
  #message(name: string, code: IssueCode): string {
    const spec = this.#specNamed(name);
    const context = contextOf(this.#draft);
    const typed = name === 'amount' ? this.#wireAmount() : name === 'reference' ? this.reference : '';
    const value = spec
      ? normalizeField(spec.rule, this.#draft.texts.get(spec.labelKey) ?? '', context, this.#tables)
      : typed;
    const choice = spec ? spec.control !== 'text' : name !== 'amount' && name !== 'reference';
    const keyTypeName = (type: string) => this.#own(`pixKeyType.${type}`) ?? type;
    const unknownBank = spec?.rule === 'bank-id' && this.#picker(name)?.text.trim();
    const said = unknownBank && code === 'required' ? 'bank-id-format' : code;
    const subject = { value, label: this.#labelOf(name), context, rule: spec?.rule, keyTypeName, choice };
    return issueText(said, subject, this.language);
  }

  #picker(name: string): LesspayBankPicker | null | undefined {
    return this.shadowRoot?.querySelector<LesspayBankPicker>(`#${fieldId(name)}`);
  }

  #frame(name: string, { optional = false, hint = '', note = '', warning = '' } = {}): FieldFrame {
    const config = this.fields[name];
    const code = this.#left.has(name) ? this.#issues().get(name) : undefined;
    return {
      name,
      label: this.#labelOf(name),
      optional: optional ? this.#t('form.optional') : '',
      hint: config?.hint ?? hint,
      note,
      warning,
      error: this.#refused.get(name) ?? (code ? this.#message(name, code) : ''),
      disabled: this.#disabled,
      readOnly: config?.readonly ?? false,
    };
  }

  #renderFields(): TemplateResult {
    const t = this.#t;
    const { specs } = this.#read();
    return html`
      <slot name="before"></slot>
      ${this.#renderBanner()} ${this.#renderSummary()}
      <div class="grid">${this.#renderChoices()}</div>
      <div class="grid ruled">${specs.map((spec) => this.#renderSpec(spec))}</div>
      ${this.#renderCheck()}
      ${
        this.payout
          ? html`<div class="grid ruled">
              ${
                this.fields.amount?.hidden
                  ? nothing
                  : textField({
                      ...this.#frame('amount'),
                      value: this.#amount,
                      inputMode: 'decimal',
                      autocomplete: 'off',
                      code: false,
                      suffix: this.#draft.currency,
                    })
              }
              ${
                this.fields.reference?.hidden
                  ? nothing
                  : textField({
                      ...this.#frame('reference', { hint: t('hint.reference') }),
                      value: this.#reference,
                      inputMode: 'text',
                      autocomplete: 'off',
                      code: true,
                      suffix: '',
                    })
              }
            </div>`
          : nothing
      }
      <slot name="after"></slot>
      ${
        this.payout
          ? html`<div class="actions">
              <button type="button" class="primary" part="primary" ?disabled=${this.#disabled} @click=${this.#onReview}>
                ${t('payout.review')}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  #renderBanner(): TemplateResult | typeof nothing {
    if (!this.#banner) return nothing;
    return html`<p class="banner danger" id="banner" role="alert" tabindex="-1">
      ${errorIcon()}<span>${this.#banner}</span>
    </p>`;
  }

  #renderSummary(): TemplateResult | typeof nothing {
    const t = this.#t;
    const issues = this.#issues();
    const listed = this.#summary.flatMap((name) => {
      const code = issues.get(name);
      const text = this.#refused.get(name) ?? (code ? this.#message(name, code) : undefined);
      return text === undefined ? [] : [{ name, text }];
    });
    if (listed.length === 0) return nothing;
    return html`<div
      class="banner danger"
      part="summary"
      id="summary"
      role="group"
      tabindex="-1"
      aria-labelledby="summary-title"
    >
      ${errorIcon()}
      <div>
        <p class="banner-title" id="summary-title">
          ${listed.length === 1 ? t('form.summary.one') : t('form.summary', { count: listed.length })}
        </p>
        <ul>
          ${listed.map(
            ({ name, text }) =>
              html`<li>
                <a href="#${fieldId(name)}" data-target=${fieldId(name)} @click=${this.#onSummaryLink}
                  >${this.#labelOf(name)}</a
                >: ${text}
              </li>`,
          )}
        </ul>
      </div>
    </div>`;
  }

  #renderChoices(): TemplateResult {
    const t = this.#t;
    const draft = this.#draft;
    const shown = (name: string): boolean => !this.fields[name]?.hidden;
    const offered = this.#offeredMethods;
    const providers = draft.method === 'ewallet' ? this.#providers() : [];
    return html`
      ${
        shown('method') && offered.length > 1
          ? radioField(
              {
                ...this.#frame('method'),
                value: draft.method,
                options: offered.map((method) => [method, t(`method.${method}`)]),
                placeholder: '',
              },
              'wide',
            )
          : nothing
      }
      ${draft.method === 'bank' && shown('country') ? this.#renderCountry() : nothing}
      ${draft.method !== 'leanx' && shown('currency') ? this.#renderCurrency() : nothing}
      ${
        draft.method !== 'leanx' && shown('accountType')
          ? radioField({
              ...this.#frame('accountType'),
              value: draft.accountType,
              options: [
                ['individual', t('accountType.individual')],
                ['business', t('accountType.business')],
              ],
              placeholder: '',
            })
          : nothing
      }
      ${
        providers.length > 0 && shown('provider')
          ? (providers.length > 5 ? selectField : radioField)(
              {
                ...this.#frame('provider'),
                value: draft.provider,
                options: providers.map((name) => [name, name]),
                placeholder: '',
              },
              'wide',
            )
          : nothing
      }
    `;
  }

  #renderCountry(): TemplateResult {
    const { country } = this.#draft;
    const codes = this.#painted ? [...this.#tables.countries] : country ? [country] : [];
    return selectField({
      ...this.#frame('country'),
      value: country,
      options: this.#painted ? this.#named('region', codes) : codes.map((code) => [code, code]),
      placeholder: this.#t('choose.country'),
    });
  }

  #renderCurrency(): TemplateResult {
    const { currency, method } = this.#draft;
    const codes = this.#currenciesFor(method);
    if (currency && !codes.includes(currency)) codes.unshift(currency);
    const lang = this.language;
    return selectField({
      ...this.#frame('currency'),
      value: currency,
      options: codes.map((code) => [code, this.#painted ? `${code} · ${nameOf('currency', code, lang)}` : code]),
      placeholder: this.#t('choose.currency'),
    });
  }

  #sortedNames: { key: string; names: readonly (readonly [string, string])[] } | undefined;

  #named(type: 'region', codes: readonly string[]): readonly (readonly [string, string])[] {
    const lang = this.language;
    const key = `${lang} ${codes.length}`;
    if (this.#sortedNames?.key !== key) {
      const { compare } = new Intl.Collator([languageTag(lang), 'en']);
      const names = codes.map((code) => [code, nameOf(type, code, lang)] as const);
      this.#sortedNames = { key, names: names.sort((a, b) => compare(a[1], b[1])) };
    }
    return this.#sortedNames.names;
  }

  #renderSpec(spec: FieldSpec): TemplateResult | typeof nothing {
    const { name, control, labelKey, rule, hintKey } = spec;
    if (this.fields[name]?.hidden) return nothing;
    const t = this.#t;
    const value = this.#draft.texts.get(labelKey) ?? '';
    const hint = hintKey ? t(`hint.${hintKey}`) : '';
    const frame = this.#frame(name, {
      optional: !spec.required,
      hint,
      note: this.#noteOf(spec, value),
      warning: this.#warningOf(name),
    });
    const lesspayBank =
      name === 'bankName' && this.proxy !== '' && this.#draft.country !== '' && this.#draft.currency !== '';
    if (control === 'bank-picker' || lesspayBank) return this.#renderBank(frame, value, control === 'bank-picker');
    if (control === 'pix-key-type' || control === 'select') {
      const prefix = control === 'pix-key-type' ? 'pixKeyType' : labelKey;
      const options = (spec.options ?? []).map(
        (option) => [option, this.#own(`${prefix}.${option}`) ?? option] as const,
      );
      const few = options.length <= 5;
      return (few ? radioField : selectField)({ ...frame, value, options, placeholder: '' }, few ? 'wide' : '');
    }
    return textField(
      {
        ...frame,
        value: rule === 'iban' || rule === 'bank-account' ? inFours(value) : value,
        inputMode: spec.inputMode ?? 'text',
        autocomplete: spec.autocomplete ?? 'off',
        code: !['name', 'text', 'reference', 'email'].includes(rule),
        suffix: '',
      },
      rule === 'iban' || rule === 'pix-key' || name === 'address.line1' ? 'wide' : '',
    );
  }

  #renderBank(frame: FieldFrame, value: string, leanx: boolean): TemplateResult {
    const { country, currency } = this.#draft;
    return html`<lesspay-bank-picker
      id=${fieldId(frame.name)}
      data-field=${frame.name}
      exportparts="label, input, hint, error"
      .proxy=${this.proxy}
      .fetch=${this.fetch}
      .allowedProxyOrigins=${this.allowedProxyOrigins}
      .source=${leanx ? 'leanx' : 'lesspay'}
      .country=${leanx ? '' : country}
      .currency=${leanx ? '' : currency}
      .allowOther=${!leanx}
      .label=${frame.label}
      .hint=${frame.hint}
      .optional=${frame.optional}
      .error=${frame.error}
      .required=${frame.optional === ''}
      .disabled=${frame.disabled}
      .readOnly=${frame.readOnly}
      .value=${leanx ? value : ''}
      .text=${leanx ? '' : value}
      @lesspay-change=${this.#onBank}
      @focusout=${this.#onBankLeft}
    ></lesspay-bank-picker>`;
  }

  #noteOf({ rule }: FieldSpec, typed: string): string {
    if (typed === '') return '';
    const t = this.#t;
    const lang = this.language;
    const value = normalizeField(rule, typed, contextOf(this.#draft), this.#tables);
    if (rule === 'bic' && /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(value)) {
      const country = nameOf('region', value.slice(4, 6), lang);
      const branch = value.slice(8);
      return branch && branch !== 'XXX' ? t('note.bic.branch', { country, branch }) : t('note.bic.head', { country });
    }
    if (rule === 'iban' && /^[A-Z]{2}/.test(value) && this.#tables.countries.has(value.slice(0, 2))) {
      return t('note.iban', { country: nameOf('region', value.slice(0, 2), lang) });
    }
    const type = this.#draft.texts.get('depositKeyType');
    if (rule === 'pix-key' && type && inferPixKeyType(value) === type) {
      return t('note.pix', { type: this.#own(`pixKeyType.${type}`) ?? type });
    }
    return '';
  }

  #warningOf(name: string): string {
    const { specs, issues } = this.#read();
    if (issues.has(name)) return '';
    const candidate = candidateOf(this.#draft, specs, this.#tables) as unknown as Recipient;
    const code = recipientWarnings(candidate, this.#tables).find(({ path }) => path === name)?.code;
    return code ? this.#t(`note.${code}`) : '';
  }

  #renderCheck(): TemplateResult | typeof nothing {
    if (this.#draft.method !== 'leanx') return nothing;
    const t = this.#t;
    const view = this.#check.viewFor(this.#accountSubject());
    return html`<div role="status" class="check-region">
      ${view ? this.#renderCheckView(view.state, view.holderName, t) : nothing}
    </div>`;
  }

  #renderCheckView(state: string, name: string, t: Text): TemplateResult {
    if (state === 'asking') {
      return html`<p class="banner soft"><span class="spinner late"></span><span>${t('check.asking')}</span></p>`;
    }
    const known =
      state === 'match' || state === 'close-match' || state === 'no-match' || state === 'failed' ? state : 'unresolved';
    const tone = known === 'match' ? 'success' : known === 'unresolved' || known === 'failed' ? 'soft' : 'warning';
    const icon = known === 'match' ? checkIcon() : tone === 'warning' ? warningIcon() : questionIcon();
    const text = name && known !== 'failed' ? t(`check.${known}.name`, { name }) : t(`check.${known}`);
    return html`<p class="banner ${tone}">
      ${icon}
      <span
        >${text}
        ${
          name && known !== 'match' && known !== 'failed'
            ? html`<button
                type="button"
                class="link"
                ?disabled=${this.#disabled}
                @click=${() => this.#useBankName(name)}
              >
                ${t('check.use')}
              </button>`
            : nothing
        }
        ${
          known === 'failed'
            ? html`<button
                type="button"
                class="link"
                ?disabled=${this.#disabled}
                @click=${() => this.#askForName(true)}
              >
                ${t('check.again')}
              </button>`
            : nothing
        }</span
      >
    </p>`;
  }

  #money(amount: string, currency: string): string {
    return formatMoney(amount, currency, this.language) ?? `${amount} ${currency}`;
  }

  /** Every member of the request, so that nothing is sent that was not shown. */
  #reviewRows(request: CreatePayoutsRequest): ReviewRow[] {
    const [payout] = request.payouts;
    if (!payout) return [];
    const { currency } = request;
    const rows = leavesOf(payout.recipient).map(([path, text]) => this.#reviewRow(path, text));
    return [
      ...rows,
      {
        label: this.#labelOf('amount'),
        value: this.#money(payout.amount, currency),
        meaning: `${payout.amount} ${currency}`,
      },
      { label: this.#labelOf('reference'), value: payout.reference },
    ];
  }

  #reviewRow(path: string, text: string): ReviewRow {
    const lang = this.language;
    const label = this.#labelOf(path);
    const named = (prefix: string): ReviewRow => ({ label, value: this.#own(`${prefix}.${text}`) ?? text });
    switch (path) {
      case 'method':
      case 'accountType':
      case 'accountKind':
        return named(path);
      case 'depositKeyType':
        return named('pixKeyType');
      case 'country':
        return { label, value: nameOf('region', text, lang), meaning: text };
      case 'bankId':
        return { label, value: this.#draft.texts.get('bankIdName') ?? text, meaning: text };
      case 'iban':
        return { label, value: inFours(text) };
      default:
        return { label, value: text };
    }
  }

  #renderReview(): TemplateResult {
    const t = this.#t;
    const request = this.#step === 'sending' ? this.#attempt?.request : this.#request();
    const sending = this.#step === 'sending';
    if (!request) return html``;
    const [payout] = request.payouts;
    return html`
      ${this.#renderBanner()}
      <h2 class="title" id="title" tabindex="-1">${t('review.title')}</h2>
      <p class="intro">${t('review.intro')}</p>
      ${reviewList(this.#reviewRows(request))} ${this.#renderCheck()}
      <div class="actions">
        <button type="button" class="secondary" part="secondary" ?disabled=${sending} @click=${this.#onEdit}>
          ${t('review.edit')}
        </button>
        <button
          type="button"
          class="primary"
          part="primary"
          id="send"
          aria-disabled=${sending ? 'true' : nothing}
          ?disabled=${this.#disabled && !sending}
          @click=${this.#onSend}
        >
          ${
            sending
              ? html`<span class="spinner late"></span>${t('review.sending')}`
              : t('review.send', { amount: this.#money(payout?.amount ?? '', request.currency) })
          }
        </button>
      </div>
      <p class="visually-hidden" role="status">${sending ? t('review.sending') : ''}</p>
    `;
  }

  #onReview(): void {
    this.review();
  }

  #onEdit(): void {
    this.edit();
  }

  #onSend(): void {
    void this.submit();
  }

  #renderResult(): TemplateResult {
    const t = this.#t;
    const outcome = this.#outcome;
    const request = this.#attempt?.request;
    const [payout] = request?.payouts ?? [];
    if (!request || !payout) return html``;
    const known = outcome?.state === 'accepted';
    const status: PayoutStatus = known ? outcome.status : 'unknown';
    const tone =
      status === 'succeeded' ? 'success' : status === 'failed' ? 'danger' : status === 'unknown' ? 'warning' : 'plain';
    const icon =
      status === 'succeeded' ? checkIcon() : status === 'failed' ? errorIcon() : known ? clockIcon() : questionIcon();
    const title =
      status === 'succeeded' || status === 'failed'
        ? t(`result.${status}.title`)
        : known
          ? t(isFinal(status) ? 'result.ended.title' : 'result.accepted')
          : t('result.unknown');
    const asking = this.#sending !== undefined;
    return html`
      <div class="result ${tone}">
        <span class="disc">${icon}</span>
        <div>
          <h2 class="title" id="title" tabindex="-1">${title}</h2>
          <p class="intro" role="status">${known ? t(`result.${status}` as Key) : t('result.unknown.text')}</p>
        </div>
      </div>
      ${reviewList([
        { label: this.#labelOf('amount'), value: this.#money(payout.amount, request.currency) },
        { label: this.#labelOf('holderName'), value: payout.recipient.holderName },
        { label: this.#labelOf('reference'), value: payout.reference },
        ...(outcome && outcome.state !== 'refused' && outcome.requestId
          ? [{ label: t('result.requestId'), value: outcome.requestId }]
          : []),
      ])}
      <p class="hint" role="status">
        ${!known && this.#checkedAt && !asking ? t('result.unchanged', { time: this.#checkedAt }) : ''}
      </p>
      <div class="actions">
        ${
          known
            ? html`${
                  isFinal(status)
                    ? nothing
                    : html`<button
                        type="button"
                        class="secondary"
                        part="secondary"
                        @click=${() => void this.#updateStatus()}
                      >
                        ${t('result.status')}
                      </button>`
                }
                <button type="button" class="secondary" part="secondary" @click=${this.#onAnother}>
                  ${t('result.another')}
                </button>`
            : html`<button
                type="button"
                class="primary"
                part="primary"
                aria-disabled=${asking ? 'true' : nothing}
                @click=${this.#onSend}
              >
                ${asking ? html`<span class="spinner late"></span>${t('result.checking')}` : t('result.check')}
              </button>`
        }
      </div>
    `;
  }

  #onAnother(): void {
    this.#clear();
    this.#focusNext = fieldId(this.#offeredMethods.length > 1 ? 'method' : (this.#read().specs[0]?.name ?? 'method'));
  }
}

function blankDraft(): RecipientDraft {
  return { method: 'bank', currency: '', country: '', provider: '', accountType: 'individual', texts: new Map() };
}

const words = (list: string): string[] => list.split(/[\s,]+/).filter(Boolean);

function place(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

/** The language, or English where the page's `lang` is no language tag. */
function languageTag(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Focuses a control, or the checked or first one of a group. */
function focusInside(target: HTMLElement | null): void {
  const inside =
    target instanceof HTMLFieldSetElement
      ? (target.querySelector<HTMLElement>('input:checked') ?? target.querySelector<HTMLElement>('input'))
      : target;
  inside?.focus();
}
