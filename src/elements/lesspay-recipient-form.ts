import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ProxyError } from '../client.ts';
import { recipientForm } from '../locales/en/recipient-form.ts';
import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import { isFinal } from '../protocol/status.ts';
import { checkAmount, normalizeAmount } from '../rules/amount.ts';
import { normalizeField } from '../rules/check-field.ts';
import { currencyDecimals } from '../rules/currency.ts';
import { inferPixKeyType } from '../rules/pix-key.ts';
import { homeCountry, recipientMethods } from '../rules/recipient-fields.ts';
import { recipientWarnings } from '../rules/recipient.ts';
import { checkRequestId, normalizeRequestId } from '../rules/request-id.ts';
import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import type {
  FieldSpec,
  IssueCode,
  LeanxRecipient,
  Recipient,
  RecipientIssue,
  RecipientMethod,
} from '../rules/types.ts';
import { AccountCheck, type AccountCheckSubject, type AccountCheckView } from './account-check.ts';
import { LesspayErrorEvent } from './events.ts';
import { fieldStyles } from './field-styles.ts';
import { fieldId, radioField, selectField, textField, type FieldView, type Options } from './field-templates.ts';
import { FormControl } from './form-control.ts';
import { inFours, regroup } from './grouped-input.ts';
import { checkIcon, clockIcon, errorIcon, questionIcon, warningIcon } from './icons.ts';
import { hasIssueText, issueText } from './issue-text.ts';
import type { LesspayBankChangeEvent, LesspayBankPicker } from './lesspay-bank-picker.ts';
import { afterPaint, formatMoney } from './money.ts';
import { PayoutAttempt, type AttemptOutcome } from './payout-attempt.ts';
import { leavesOf, reviewList, type ReviewRow } from './payout-review.ts';
import {
  candidateOf,
  contextOf,
  fillTexts,
  readDraft,
  type DraftReading,
  type RecipientDraft,
} from './recipient-draft.ts';
import { LesspayRecipientChangeEvent, LesspaySubmittedEvent } from './recipient-events.ts';
import { recipientFormStyles } from './recipient-form-styles.ts';
import { languageTag, nameOf } from './region-names.ts';
import { spinner } from './spinner.ts';
import { buttons, tokens } from './styles.ts';
import { translator } from './texts.ts';

const translate = translator('recipientForm', recipientForm);
type Text = (key: keyof typeof recipientForm, values?: Readonly<Record<string, string | number>>) => string;

const METHODS: readonly RecipientMethod[] = ['bank', 'ewallet', 'leanx'];
const CHOICES = ['method', 'country', 'currency', 'accountType', 'provider'] as const;
const STATUS_EVERY_MS = 15_000;

/** A field of the recipient or of the payout itself. */
type Field = Omit<FieldSpec, 'rule' | 'labelKey' | 'hintKey' | 'inputMode'> & {
  rule: FieldSpec['rule'] | 'amount' | 'request-id';
  labelKey: string;
  hintKey?: string | undefined;
  inputMode?: string | undefined;
};
const AMOUNT: Field = {
  name: 'amount',
  labelKey: 'amount',
  control: 'text',
  required: true,
  rule: 'amount',
  inputMode: 'decimal',
};
const REFERENCE: Field = {
  name: 'reference',
  labelKey: 'reference',
  control: 'text',
  required: true,
  rule: 'request-id',
  hintKey: 'reference',
};
const PAYOUT_FIELDS: readonly Field[] = [AMOUNT, REFERENCE];

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

/** How a state looks: its tone and its icon; words go with it. */
const LOOKS: Readonly<Record<string, readonly [tone: string, icon: () => TemplateResult]>> = {
  match: ['success', checkIcon],
  'close-match': ['warning', warningIcon],
  'no-match': ['warning', warningIcon],
  succeeded: ['success', checkIcon],
  failed: ['danger', errorIcon],
  unknown: ['warning', questionIcon],
};

/** Refusals that another entry may cure. */
const CORRECTABLE = /^(upstream-refused|no-route|duplicate-payout|invalid-recipient)$/;

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
export class LesspayRecipientForm extends FormControl {
  static override readonly styles = [tokens, buttons, spinner, fieldStyles, recipientFormStyles];

  static override readonly properties: PropertyDeclarations = {
    method: { noAccessor: true },
    currency: { noAccessor: true },
    country: { noAccessor: true },
    amount: { noAccessor: true },
    reference: { noAccessor: true },
    value: { noAccessor: true },
    methods: {},
    currencies: {},
    payout: { type: Boolean, reflect: true },
    fields: { attribute: false },
    rules: { attribute: false },
  };

  /** The ways to pay that are offered, separated by spaces; all by default. */
  declare methods: string;
  /** The currencies that are offered, separated by spaces; by default those of the rules. */
  declare currencies: string;
  /** Asks for amount and reference too, and sends the payout through the proxy. */
  declare payout: boolean;
  /**
   * Changes to single fields, by member (`holderName`, `codes.ifsc`), `method`, `country`, `currency`, `accountType`,
   * `provider`, `amount` or `reference`.
   */
  declare fields: Readonly<Record<string, RecipientFieldConfig>>;
  /** Rules over the merchant's own tables, from `createRules`. */
  declare rules: { readonly tables: RuleTables } | undefined;

  #draft: RecipientDraft = blankDraft();
  /** Choices the operator or the page has made; the others follow from the rest. */
  readonly #chosen = new Set<string>();
  /** The currency that each method had last, and the wallet of each currency: both come back with their choice. */
  readonly #lastOf = new Map<string, string>();
  #reading: DraftReading | undefined;
  /** Fields that were left: only they may complain. */
  readonly #left = new Set<string>();
  /** What the proxy refused, in words, by field. */
  readonly #refused = new Map<string, string>();
  #summary: readonly string[] = [];
  #banner = '';
  #step: RecipientFormStep = 'edit';
  #attempt: PayoutAttempt | undefined;
  #attemptEnded = false;
  #sending: Promise<AttemptOutcome | undefined> | undefined;
  #outcome: AttemptOutcome | undefined;
  #checked = false;
  #focusNext = '';
  #painted = false;
  #countries: { key: string; options: Options } | undefined;
  #statusLater: ReturnType<typeof setTimeout> | undefined;
  readonly #check = new AccountCheck(() => this.requestUpdate());

  constructor() {
    super();
    this.methods = this.currencies = '';
    this.payout = false;
    this.fields = {};
    this.internals.role = 'group';
  }

  /** The recipient once everything is right, else `undefined`. Setting takes a recipient, or as much of one as there is. */
  get value(): Recipient | undefined {
    return this.#read().recipient;
  }

  set value(value: Recipient | Readonly<Record<string, unknown>> | string | null | undefined) {
    let given: unknown = value;
    try {
      if (typeof value === 'string') given = JSON.parse(value);
    } catch {
      given = undefined;
    }
    const { texts } = this.#draft;
    for (const key of texts.keys()) if (!PAYOUT_FIELDS.some(({ name }) => name === key)) texts.delete(key);
    this.#left.clear();
    this.#chosen.delete('depositKeyType');
    if (typeof given === 'object' && given !== null) {
      const members = given as Readonly<Record<string, unknown>>;
      for (const name of CHOICES) if (typeof members[name] === 'string') this.#choose(name, members[name]);
      this.#read();
      fillTexts(this.#draft, given, this.#tables);
      if (texts.has('depositKeyType')) this.#chosen.add('depositKeyType');
    }
    this.#changed();
  }

  /** What is not right yet, shown to the operator or not. */
  get issues(): RecipientIssue[] {
    return Array.from(this.#issues(), ([path, code]) => ({ path, code }));
  }

  /** How the recipient is paid. */
  get method(): RecipientMethod {
    this.#read();
    return this.#draft.method;
  }

  set method(method: string | null) {
    this.#choose('method', method);
  }

  /** ISO 4217 of the payout. */
  get currency(): string {
    this.#read();
    return this.#draft.currency;
  }

  set currency(currency: string | null) {
    this.#choose('currency', currency?.toUpperCase());
  }

  /** ISO 3166-1 alpha-2 of the recipient's bank. */
  get country(): string {
    this.#read();
    return this.#draft.country;
  }

  set country(country: string | null) {
    this.#choose('country', country?.toUpperCase());
  }

  /** Decimal string of the payout; with `payout`. */
  get amount(): string {
    return this.#wire(AMOUNT);
  }

  set amount(amount: string | number | null) {
    this.#draft.texts.set('amount', String(amount ?? ''));
    this.#tidy(AMOUNT);
    this.#changed();
  }

  /** The merchant's own reference of the payout; with `payout`. */
  get reference(): string {
    return this.#wire(REFERENCE);
  }

  set reference(reference: string | null) {
    this.#draft.texts.set('reference', reference ?? '');
    this.#changed();
  }

  /** What the form is doing. */
  get step(): RecipientFormStep {
    return this.#step;
  }

  /** Shows the review, or what keeps it from being shown. Only with `payout`. */
  review(): boolean {
    if (!this.payout || this.isDisabled || this.#step !== 'edit') return false;
    if (!this.#request()) {
      this.complain(true);
      return false;
    }
    this.#banner = '';
    this.#summary = [];
    this.#refused.clear();
    this.#go('review', 'title');
    return true;
  }

  /** Goes back from the review to the fields. */
  edit(): void {
    if (this.#step !== 'review') return;
    this.#banner = '';
    this.#go('edit', this.#firstId);
  }

  /**
   * Sends the payout through the proxy: once, however often it is called. After an unknown outcome it asks about the
   * same payout. Resolves with what is then known, or `undefined` where something is not right yet.
   */
  submit(): Promise<AttemptOutcome | undefined> {
    if (!this.payout) return Promise.reject(new Error('submit() needs the "payout" attribute.'));
    // Taken in the same tick as the click: a second click finds the first one's promise.
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
      this.requestUpdate();
    });
    return this.#sending;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#followStatus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#statusLater);
    this.#check.forget();
  }

  formResetCallback(): void {
    // An attempt whose outcome is open keeps its key: a reset must not make a second payout of it.
    if (this.#step !== 'sending' && this.#step !== 'unknown') this.#clear();
  }

  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state !== 'string') return;
    try {
      const [choice, texts, chosen] = JSON.parse(state) as [RecipientDraft, [string, string][], string[]];
      this.#draft = { ...choice, texts: new Map(texts) };
      for (const name of chosen) this.#chosen.add(name);
      this.#changed();
    } catch {
      // The state of another version of the page: the form starts empty.
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (['fields', 'rules', 'methods'].some((key) => changed.has(key))) this.#reading = undefined;
    if (!this.hasUpdated) this.#applyDefaults();
    this.internals.ariaLabel = this.label || this.#t('form.label');
  }

  protected override firstUpdated(): void {
    for (const type of ['input', 'change', 'focusout', 'keydown'])
      this.renderRoot.addEventListener(type, this.#onField);
    // The names of 250 countries cost milliseconds of ICU: not before the first paint.
    afterPaint(() => {
      this.#painted = true;
      this.requestUpdate();
    });
  }

  protected override updated(): void {
    super.updated();
    for (const step of ['review', 'sending', 'accepted', 'unknown']) this.setState(step, this.#step === step);
    const next = this.#focusNext;
    this.#focusNext = '';
    // Not within the update: the field that loses the focus asks for one of its own.
    if (next) queueMicrotask(() => this.#focus(next));
  }

  protected override render(): TemplateResult {
    const steps = { edit: this.#fieldsView, review: this.#reviewView, sending: this.#reviewView };
    const { [this.#step as 'edit']: view = this.#resultView } = steps;
    return html`<div class="form">${view.call(this)}</div>`;
  }

  get #tables(): RuleTables {
    return this.rules?.tables ?? TABLES;
  }

  get #t(): Text {
    return translate(this.language) as Text;
  }

  /** The text of a key that may not exist. */
  #own(key: string): string | undefined {
    return key in recipientForm ? this.#t(key as keyof typeof recipientForm) : undefined;
  }

  get #methods(): RecipientMethod[] {
    const wanted = words(this.methods);
    const { readonly, hidden } = this.fields.currency ?? {};
    const payable: string[] = readonly || hidden ? recipientMethods(this.#draft.currency, this.#tables) : [...METHODS];
    const offered = METHODS.filter((name) => payable.includes(name) && (!wanted.length || wanted.includes(name)));
    return offered.length > 0 ? offered : ['bank'];
  }

  #currenciesFor(method: RecipientMethod): string[] {
    if (method === 'leanx') return ['MYR'];
    const { corridors, wallets } = this.#tables;
    const wanted = words(this.currencies.toUpperCase());
    const all = wanted.length > 0 ? wanted : [...corridors.keys()].filter(Boolean);
    return method === 'ewallet' ? all.filter((code) => wallets.has(code)) : all;
  }

  get #providers(): string[] {
    return (this.#tables.wallets.get(this.#draft.currency) ?? []).map(({ name }) => name);
  }

  /** Reads the draft, after making its choices agree with each other. */
  #read(): DraftReading {
    if (this.#reading) return this.#reading;
    const draft = this.#draft;
    const [first = 'bank', ...others] = this.#methods;
    if (!others.includes(draft.method)) draft.method = first;
    if (draft.method === 'leanx') draft.currency = 'MYR';
    const providers = this.#providers;
    if (!providers.includes(draft.provider)) {
      const [only = ''] = providers.length === 1 ? providers : [];
      draft.provider = this.#lastOf.get(draft.currency) ?? only;
    }
    if (!this.#chosen.has('country')) draft.country = homeCountry(draft.currency, this.#tables) ?? '';
    return (this.#reading = readDraft(draft, this.#tables));
  }

  /** The fields of the recipient and, with `payout`, of the payout. */
  #all(): readonly Field[] {
    return [...this.#read().specs, ...(this.payout ? PAYOUT_FIELDS : [])];
  }

  #field(name: string): Field | undefined {
    return this.#all().find((field) => field.name === name);
  }

  /** Everything that is not right, in the order of the fields. */
  #issues(): Map<string, IssueCode> {
    const found = new Map(this.#read().issues);
    if (this.payout) {
      const { currency, texts } = this.#draft;
      const typed = texts.get('amount')?.trim();
      const amount = typed ? currency && checkAmount(this.amount, currency, this.#tables.currencies) : 'required';
      if (amount) found.set('amount', amount);
      const reference = this.reference ? checkRequestId(this.reference) : 'required';
      if (reference) found.set('reference', reference);
    }
    return found;
  }

  /** Nothing was entered beyond what the page itself put there, and nothing has to be. */
  get #mayStayEmpty(): boolean {
    if (this.required || this.payout) return false;
    return this.#all().every(({ name, labelKey }) => {
      const text = this.#draft.texts.get(labelKey)?.trim();
      return !text || text === this.fields[name]?.default;
    });
  }

  #request(): CreatePayoutsRequest | undefined {
    const { recipient } = this.#read();
    if (!recipient || this.#issues().size > 0) return undefined;
    const { reference, amount } = this;
    return { currency: this.#draft.currency, payouts: [{ reference, amount, recipient }] };
  }

  /** A field's text in the form that is sent. */
  #wire({ rule, labelKey }: Field): string {
    const text = this.#draft.texts.get(labelKey) ?? '';
    if (rule === 'request-id') return normalizeRequestId(text);
    if (rule !== 'amount') return normalizeField(rule, text, contextOf(this.#draft), this.#tables);
    // With all decimals of the currency: what the review shows is what is sent.
    const { currencies } = this.#tables;
    const { currency } = this.#draft;
    const amount = normalizeAmount(text, currency, currencies);
    const decimals = currencyDecimals(currency, currencies);
    if (!decimals || checkAmount(amount, currency, currencies)) return amount;
    const [integer = '', fraction = ''] = amount.split('.');
    return `${integer}.${fraction.padEnd(decimals, '0')}`;
  }

  /** Puts a text that is right into the form that is sent, an amount with its thousands apart. Other text stays as typed. */
  #tidy(field: Field): void {
    if (this.#issues().has(field.name)) return;
    let text = this.#wire(field);
    if (field.rule === 'amount') text = text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
    this.#setText(field, text);
  }

  #shown({ labelKey, rule }: Field): string {
    const text = this.#draft.texts.get(labelKey) ?? '';
    return isGrouped(rule) ? inFours(text) : text;
  }

  #setText({ labelKey, rule }: Field, text: string): void {
    const { texts } = this.#draft;
    texts.set(labelKey, text);
    if (rule !== 'pix-key' || this.#chosen.has('depositKeyType')) return;
    const type = inferPixKeyType(text);
    if (type) texts.set('depositKeyType', type);
    else if (!text.trim()) texts.delete('depositKeyType');
  }

  /** Puts the page's defaults where the page or the operator has put nothing else. */
  #applyDefaults(): void {
    for (const name of CHOICES) {
      const { default: text } = this.fields[name] ?? {};
      if (text && !this.#chosen.has(name)) this.#choose(name, text);
    }
    for (const field of this.#all()) {
      const { default: text } = this.fields[field.name] ?? {};
      if (text && !this.#draft.texts.get(field.labelKey)) this.#setText(field, text);
    }
    this.#reading = undefined;
    this.#tidy(AMOUNT);
  }

  #clear(): void {
    this.#draft = blankDraft();
    for (const kept of [this.#chosen, this.#lastOf, this.#left, this.#refused]) kept.clear();
    this.#summary = [];
    this.#banner = '';
    this.#attempt = this.#outcome = undefined;
    this.#step = 'edit';
    this.#check.forget();
    clearTimeout(this.#statusLater);
    for (const name of ['method', 'currency', 'country', 'value', 'amount', 'reference'] as const) {
      if (this.hasAttribute(name)) this[name] = this.getAttribute(name);
    }
    this.#applyDefaults();
    this.#changed();
  }

  /** After any change: the form's value and validity are right at once, not only after the next render. */
  #changed(): void {
    this.#reading = undefined;
    this.sync();
    this.requestUpdate();
  }

  /** After a change by the operator. */
  #edited(name: string): void {
    this.#refused.delete(name);
    this.#changed();
    this.dispatchEvent(new LesspayRecipientChangeEvent(this.value, this.issues));
  }

  protected override sync(): void {
    const { recipient } = this.#read();
    const issues = this.#issues();
    const [[name, code] = []] = issues;
    if (!name || !code || this.#mayStayEmpty) this.setValid();
    else this.setValid(code === 'required' ? 'valueMissing' : 'customError', this.#message(name, code), fieldId(name));
    // What the browser may keep for Back; a card's number is not among it.
    const { texts, ...choice } = this.#draft;
    const kept = [...texts].filter(([key]) => issues.get(key) !== 'card-number');
    const state = JSON.stringify([choice, kept, [...this.#chosen]]);
    this.internals.setFormValue(recipient ? JSON.stringify(recipient) : null, state);
  }

  protected override complain(focus = false): void {
    if (this.#mayStayEmpty) return;
    this.#summary = [...this.#issues().keys()];
    for (const name of this.#summary) this.#left.add(name);
    if (focus) this.#focusNext = 'summary';
    this.requestUpdate();
  }

  #setMethod(method: RecipientMethod): void {
    const draft = this.#draft;
    const before = draft.method;
    if (method === before) return;
    // LeanX forces its currency; that says nothing about the one the operator wants elsewhere.
    if (before !== 'leanx') this.#lastOf.set(before, draft.currency).set('', draft.currency);
    draft.method = method;
    const offered = this.#currenciesFor(method);
    const carried = before === 'leanx' ? (this.#lastOf.get('') ?? '') : draft.currency;
    const [only = ''] = offered.length === 1 ? offered : [];
    draft.currency = offered.includes(carried) ? carried : (this.#lastOf.get(method) ?? only);
    this.#left.clear();
    this.#summary = [];
  }

  #go(step: RecipientFormStep, focus: string): void {
    this.#step = step;
    this.#focusNext = focus;
    this.requestUpdate();
  }

  /** Focuses an element of the shadow tree; of a group the checked or first radio. */
  #focus(id: string): void {
    const target = this.shadowRoot?.getElementById(id);
    (target?.querySelector<HTMLElement>('input:checked, :not(:has(:checked)) > label input') ?? target)?.focus();
  }

  async #send(): Promise<AttemptOutcome | undefined> {
    if (this.#step === 'accepted') return this.#outcome;
    const again = this.#step === 'unknown' && this.#attempt;
    if (!again) {
      if (this.isDisabled) return undefined;
      const request = this.#request();
      if (!request) {
        this.#step = 'edit';
        this.complain(true);
        return undefined;
      }
      // One key for one payout: a try after a lost answer or a refusal that may pass is the same attempt.
      if (!this.#attempt?.isFor(request) || this.#attemptEnded) this.#attempt = new PayoutAttempt(request);
      this.#attemptEnded = false;
      this.#outcome = undefined;
      this.#banner = '';
      this.#go('sending', '');
    }
    this.requestUpdate();
    const attempt = this.#attempt;
    const outcome = await attempt?.[again ? 'check' : 'send'](this.client);
    if (attempt && outcome) this.#settle(outcome, attempt.request);
    return outcome;
  }

  #settle(outcome: AttemptOutcome, { currency, payouts: [payout] }: CreatePayoutsRequest): void {
    const before = this.#outcome;
    this.#outcome = outcome;
    if (outcome.state === 'refused') {
      this.#refuse(outcome.error);
      return;
    }
    const { state, requestId, status, total, error } = outcome;
    if (requestId && before?.requestId !== requestId && payout) {
      this.dispatchEvent(
        new LesspaySubmittedEvent({ ...payout, requestId, status, total: total ?? payout.amount, currency }),
      );
    }
    const same = this.#step === state;
    this.#checked = same;
    this.#go(state, same ? '' : 'title');
    if (error) this.#tellError(error, this.#t('result.unknown.title'));
    this.#followStatus();
  }

  /** Refusals go to their fields where they name any. */
  #refuse(error: ProxyError): void {
    const { problem, code } = error;
    const { upstreamCode = '', errors = [] } = problem ?? {};
    const said = this.#own(`upstream.${upstreamCode}`);
    this.#banner = said ?? this.#own(`problem.${code}`) ?? this.#t('problem.other', { code });
    const names: string[] = [...CHOICES, ...this.#all().map(({ name }) => name)];
    this.#refused.clear();
    for (const { path, code } of errors) {
      const own = path.replace(/^(payouts\.\d+\.)?(recipient\.)?/, '');
      // Where the account is a PIX key or an IBAN, that is the field.
      const name = [own, ...(own === 'accountNumber' ? ['depositKey', 'iban'] : [])].find((at) => names.includes(at));
      if (name) this.#refused.set(name, said ?? this.#message(name, hasIssueText(code) ? code : 'wrong-type'));
    }
    this.#summary = [...this.#refused.keys()];
    const correctable = this.#refused.size > 0 || CORRECTABLE.test(code);
    // Nothing has happened upstream; what the operator reviews next is a new attempt.
    this.#attemptEnded = correctable && !error.retryable;
    this.#go(correctable ? 'edit' : 'review', 'summary');
    this.#tellError(error, this.#banner);
  }

  #tellError(error: ProxyError, text: string): void {
    const { code, retryable, message } = error;
    this.dispatchEvent(new LesspayErrorEvent({ code, retryable, message, text, cause: error }));
  }

  /** Asks from time to time how an accepted payout fares, while someone can see it. */
  #followStatus(): void {
    clearTimeout(this.#statusLater);
    const outcome = this.#outcome;
    if (!this.isConnected || outcome?.state !== 'accepted' || isFinal(outcome.status)) return;
    this.#statusLater = setTimeout(() => {
      if (document.hidden) this.#followStatus();
      else void this.#updateStatus();
    }, STATUS_EVERY_MS);
  }

  async #updateStatus(): Promise<void> {
    const attempt = this.#attempt;
    const outcome = await attempt?.check(this.client);
    // A lost answer does not take back what is known already.
    if (outcome?.state === 'accepted' && attempt === this.#attempt) {
      this.#outcome = outcome;
      this.requestUpdate();
    }
    this.#followStatus();
  }

  /** All events of the native controls. */
  #onField = (event: Event): void => {
    const control = event.target;
    const typing = control instanceof HTMLInputElement && control.type === 'text';
    if (!typing && !(control instanceof HTMLInputElement) && !(control instanceof HTMLSelectElement)) return;
    const name = control.dataset.field ?? '';
    if (event.type === 'change') {
      if (typing) return;
      this.#choose(name, control.value);
      if (name === 'currency') this.#tidy(AMOUNT);
      this.#edited(name);
    } else if (!typing) return;
    else if (event.type === 'input') this.#type(name, control, event);
    else if (event.type === 'focusout') this.#leave(name, control);
    else if (event instanceof KeyboardEvent && event.key === 'Enter' && !event.isComposing && !event.defaultPrevented) {
      // Inputs in a shadow tree do not submit the form around it; Enter should all the same.
      event.preventDefault();
      this.#leave(name, control);
      if (this.payout) this.review();
      else this.form?.requestSubmit();
    }
  };

  #type(name: string, input: HTMLInputElement, event: Event): void {
    const field = this.#field(name);
    if (!field) return;
    const { rule, labelKey } = field;
    const complained = this.#left.has(name) && this.#issues().has(name);
    const before = this.#draft.texts.get(labelKey) ?? '';
    this.#setText(field, isGrouped(rule) ? regroup(input, event, before, rule === 'iban') : input.value);
    this.#edited(name);
    // A message stays until the value is right; a field that was right is left alone until it is left again.
    if (!complained || !this.#issues().has(name)) this.#left.delete(name);
  }

  /** Takes a choice of the page or the operator. */
  #choose(name: string, given: string | null | undefined): void {
    const value = given?.trim() ?? '';
    const draft = this.#draft;
    this.#chosen[value ? 'add' : 'delete'](name);
    if (name === 'method') this.#setMethod(METHODS.find((method) => method === value) ?? draft.method);
    else if (name === 'country' || name === 'currency') draft[name] = value;
    else if (name === 'accountType') draft.accountType = value === 'business' ? value : 'individual';
    else if (name === 'provider') {
      draft.provider = value;
      this.#lastOf.set(draft.currency, value);
    } else draft.texts.set(name, value);
    this.#changed();
  }

  /** A field is left: its value is put into the form that will be sent, and it may complain from now on. */
  #leave(name: string, input?: HTMLInputElement): void {
    const field = this.#field(name);
    // An input that goes away with its step is left, too.
    if (!field || this.#step !== 'edit') return;
    this.#tidy(field);
    // Lit does not see that the typed text turned back into the one it drew last.
    if (input) input.value = this.#shown(field);
    // Tabbing over an empty field is no mistake yet; emptying one that was complained about is.
    if (this.#draft.texts.get(field.labelKey)?.trim()) this.#left.add(name);
    this.#changed();
    this.#summary = this.#summary.filter((listed) => this.#issues().has(listed) || this.#refused.has(listed));
    if (name === 'accountNumber' || name === 'holderName') this.#askForName();
  }

  #onBank(event: LesspayBankChangeEvent): void {
    event.stopPropagation();
    const picker = event.target as LesspayBankPicker;
    const name = picker.dataset.field ?? '';
    const { texts } = this.#draft;
    texts.set(name, name === 'bankId' ? event.value : picker.text);
    if (event.bank) texts.set('bankIdName', event.bank.name);
    this.#edited(name);
    if (!this.#issues().has(name)) this.#left.delete(name);
    if (name === 'bankId') this.#askForName();
  }

  #onBankLeft(event: FocusEvent): void {
    const picker = event.currentTarget as LesspayBankPicker;
    if (picker.text.trim()) this.#left.add(picker.dataset.field ?? '');
    this.requestUpdate();
  }

  #accountSubject(): AccountCheckSubject | undefined {
    const { specs, issues } = this.#read();
    if (this.#draft.method !== 'leanx' || issues.has('bankId') || issues.has('accountNumber')) return undefined;
    const account = candidateOf(this.#draft, specs, this.#tables) as unknown as LeanxRecipient;
    return { ...account, name: issues.has('holderName') ? '' : account.holderName };
  }

  #askForName(): void {
    const subject = this.#accountSubject();
    if (subject && this.proxy) void this.#check.ask(this.client, subject);
  }

  #onBankName(event: Event): void {
    const { name = '' } = (event.currentTarget as HTMLElement).dataset;
    if (!name) {
      this.#askForName();
      return;
    }
    this.#draft.texts.set('holderName', name);
    this.#edited('holderName');
    this.#leave('holderName');
  }

  #onSummaryLink(event: Event): void {
    event.preventDefault();
    this.#focus((event.currentTarget as HTMLAnchorElement).hash.slice(1));
  }

  #onSend(): void {
    void this.submit();
  }

  #onReview(): void {
    this.review();
  }

  #onEdit(): void {
    this.edit();
  }

  #onAnother(): void {
    this.#clear();
    this.#focusNext = this.#firstId;
  }

  get #firstId(): string {
    return fieldId(this.#all().find(({ name }) => !this.fields[name]?.hidden)?.name ?? '');
  }

  #labelOf(name: string): string {
    return this.fields[name]?.label ?? this.#own(`field.${this.#field(name)?.labelKey ?? name}`) ?? name;
  }

  /** What is wrong with a field, in words. */
  #message(name: string, code: IssueCode): string {
    const field = this.#field(name);
    return issueText(
      code,
      {
        value: field ? this.#wire(field) : '',
        typed: this.#draft.texts.get(field?.labelKey ?? '') ?? '',
        label: this.#labelOf(name),
        context: contextOf(this.#draft),
        rule: field?.rule,
        keyTypeName: (type) => this.#own(`depositKeyType.${type}`) ?? type,
        choice: field?.control !== 'text',
      },
      this.language,
    );
  }

  #view(name: string, value: string, more: Partial<FieldView> = {}): FieldView {
    const { hint, readonly: readOnly } = this.fields[name] ?? {};
    const code = this.#left.has(name) && this.#issues().get(name);
    return {
      name,
      value,
      label: this.#labelOf(name),
      error: this.#refused.get(name) ?? (code ? this.#message(name, code) : ''),
      disabled: this.isDisabled,
      readOnly,
      ...more,
      hint: hint ?? more.hint,
    };
  }

  #fieldsView(): TemplateResult {
    const grid = (fields: readonly Field[]) =>
      html`<div class="grid ruled">
        ${fields.map((field) => !this.fields[field.name]?.hidden && this.#fieldView(field)).filter(Boolean)}
      </div>`;
    return html`
      <slot name="before"></slot>
      ${this.#summaryView()}
      <div class="grid">${this.#choicesView()}</div>
      ${grid(this.#read().specs)} ${this.#checkView()} ${this.payout ? grid(PAYOUT_FIELDS) : nothing}
      <slot name="after"></slot>
      ${this.payout ? html`<div class="actions">${this.#button(this.#t('payout.review'), this.#onReview, 'primary')}</div>` : nothing}
    `;
  }

  #button(text: string, click: () => void, kind: 'primary' | 'secondary' = 'secondary', busy = false): TemplateResult {
    return html`<button
      type="button"
      class=${kind}
      part=${kind}
      aria-disabled=${busy ? 'true' : nothing}
      ?disabled=${this.isDisabled && !busy}
      @click=${click}
    >
      ${busy ? html`<span class="spinner late"></span>` : nothing}${text}
    </button>`;
  }

  /** What was refused or is not right, with links to the fields. */
  #summaryView(): TemplateResult | typeof nothing {
    const t = this.#t;
    const issues = this.#issues();
    const refusal = this.#banner;
    const lines = this.#step === 'edit' ? this.#summary : [];
    const listed = lines.flatMap((name) => {
      const code = issues.get(name);
      const text = this.#refused.get(name) ?? (code && this.#message(name, code));
      const id = fieldId(name);
      const link = html`<a href="#${id}" @click=${this.#onSummaryLink}>${this.#labelOf(name)}</a>`;
      return text ? [html`<li>${link}${text === refusal ? '' : `: ${text}`}</li>`] : [];
    });
    const count = listed.length;
    if (!count && !refusal) return nothing;
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
          ${refusal || t(count === 1 ? 'form.summary.one' : 'form.summary', { count })}
        </p>
        ${
          count
            ? html`<ul>
                ${listed}
              </ul>`
            : nothing
        }
      </div>
    </div>`;
  }

  #choicesView(): unknown[] {
    const { method, country, currency, accountType, provider } = this.#draft;
    const t = this.#t;
    const lang = this.language;
    const leanx = method === 'leanx';
    const shown = (name: string, when: boolean, view: () => TemplateResult) =>
      when && !this.fields[name]?.hidden ? view() : nothing;
    const methods = this.#methods;
    const providers = method === 'ewallet' ? this.#providers : [];
    const currencies = this.#currenciesFor(method);
    if (currency && !currencies.includes(currency)) currencies.unshift(currency);
    return [
      shown('method', methods.length > 1, () =>
        radioField(
          this.#view('method', method, { wide: true }),
          methods.map((name) => [name, t(`method.${name}`)]),
        ),
      ),
      shown('country', method === 'bank', () =>
        selectField(this.#view('country', country), this.#countryOptions(country), t('choose.country')),
      ),
      shown('currency', !leanx, () =>
        selectField(
          this.#view('currency', currency),
          currencies.map((code) => [code, this.#painted ? `${code} · ${nameOf('currency', code, lang)}` : code]),
          t('choose.currency'),
        ),
      ),
      shown('accountType', !leanx, () =>
        radioField(
          this.#view('accountType', accountType),
          (['individual', 'business'] as const).map((type) => [type, t(`accountType.${type}`)]),
        ),
      ),
      shown('provider', providers.length > 0, () =>
        (providers.length > 5 ? selectField : radioField)(
          this.#view('provider', provider, { wide: true }),
          providers.map((name) => [name, name]),
        ),
      ),
    ];
  }

  #countryOptions(country: string): Options {
    if (!this.#painted) return country ? [[country, country]] : [];
    const lang = this.language;
    const { countries } = this.#tables;
    const key = `${lang} ${countries.size}`;
    if (this.#countries?.key !== key) {
      const tag = languageTag(lang);
      const options = Array.from(countries, (code) => [code, nameOf('region', code, lang)] as const);
      this.#countries = { key, options: options.sort((a, b) => a[1].localeCompare(b[1], tag)) };
    }
    return this.#countries.options;
  }

  #fieldView(field: Field): TemplateResult {
    const { name, control, labelKey, rule, hintKey, required, autocomplete } = field;
    const { country, currency } = this.#draft;
    const view = this.#view(name, this.#shown(field), {
      optional: required ? '' : this.#t('form.optional'),
      hint: this.#noteOf(rule, this.#wire(field)) ?? this.#own(`hint.${hintKey ?? ''}`),
      warning: this.#warningOf(name),
      wide: ['iban', 'pix-key'].includes(rule) || name === 'address.line1',
    });
    const leanx = control === 'bank-picker';
    if (leanx || (name === 'bankName' && this.proxy && country && currency)) return this.#bankView(view, leanx);
    if (control !== 'text') {
      const options = field.options?.map((option) => [option, this.#own(`${labelKey}.${option}`) ?? option] as const);
      return radioField({ ...view, wide: true }, options ?? []);
    }
    const plain = ['name', 'text', 'reference', 'email'].includes(rule);
    return textField(view, field.inputMode, autocomplete, !plain, rule === 'amount' ? currency : '');
  }

  #bankView(view: FieldView, leanx: boolean): TemplateResult {
    const { country, currency } = this.#draft;
    return html`<lesspay-bank-picker
      id=${fieldId(view.name)}
      data-field=${view.name}
      exportparts="label, input, hint, error"
      .proxy=${this.proxy}
      .fetch=${this.fetch}
      .allowedProxyOrigins=${this.allowedProxyOrigins}
      .source=${leanx ? 'leanx' : 'lesspay'}
      .country=${country}
      .currency=${currency}
      .allowOther=${!leanx}
      .label=${view.label}
      .hint=${view.hint ?? ''}
      .optional=${view.optional ?? ''}
      .error=${view.error}
      .required=${!view.optional}
      .disabled=${view.disabled}
      .readOnly=${view.readOnly ?? false}
      .value=${leanx ? view.value : ''}
      .text=${leanx ? '' : view.value}
      @lesspay-change=${this.#onBank}
      @focusout=${this.#onBankLeft}
    ></lesspay-bank-picker>`;
  }

  /** What a value says about itself, shown back to the operator. */
  #noteOf(rule: Field['rule'], value: string): string | undefined {
    const t = this.#t;
    const prefix = rule === 'bic' ? value.slice(4, 6) : value.slice(0, 2);
    const country = this.#tables.countries.has(prefix) ? nameOf('region', prefix, this.language) : undefined;
    if (rule === 'iban') return country;
    if (rule === 'bic' && country && /^.{8}(.{3})?$/.test(value)) {
      const branch = value.slice(8).replace('XXX', '');
      return branch ? t('note.bic.branch', { country, branch }) : t('note.bic.head', { country });
    }
    return undefined;
  }

  #warningOf(name: string): string {
    const { specs, issues } = this.#read();
    const candidate = candidateOf(this.#draft, specs, this.#tables) as unknown as Recipient;
    const found = !issues.has(name) && recipientWarnings(candidate, this.#tables).find(({ path }) => path === name);
    return found ? this.#t(`note.${found.code}`) : '';
  }

  /** What the bank says about the name on the account. Only a real match gets a tick. */
  #checkView(): TemplateResult | typeof nothing {
    if (this.#draft.method !== 'leanx') return nothing;
    const view = this.#check.viewFor(this.#accountSubject());
    return html`<div role="status" class="check-region">${view && this.#nameView(view)}</div>`;
  }

  #nameView({ state, holderName: name }: AccountCheckView): TemplateResult {
    const t = this.#t;
    const asking = state === 'asking';
    const [tone, icon] = (state === 'failed' ? undefined : LOOKS[state]) ?? ['soft', questionIcon];
    const use = name && state !== 'match';
    const again = state === 'failed';
    return html`<p class="banner ${tone}">
      ${asking ? html`<span class="spinner late"></span>` : icon()}
      <span
        >${this.#own(`check.${state}`)} ${name && t('check.name', { name })}
        ${
          use || again
            ? html`<button
                type="button"
                class="link"
                data-name=${name}
                ?disabled=${this.isDisabled}
                @click=${this.#onBankName}
              >
                ${t(again ? 'check.again' : 'check.use')}
              </button>`
            : nothing
        }</span
      >
    </p>`;
  }

  #money(amount: string, currency: string): string {
    return formatMoney(amount, currency, this.language) ?? `${amount} ${currency}`;
  }

  #reviewRow(path: string, text: string): ReviewRow {
    const label = this.#labelOf(path);
    if (path === 'country') return { label, value: nameOf('region', text, this.language), meaning: text };
    if (path === 'bankId') return { label, value: this.#draft.texts.get('bankIdName') ?? text, meaning: text };
    return { label, value: path === 'iban' ? inFours(text) : (this.#own(`${path}.${text}`) ?? text) };
  }

  /** Every member of the request, so that nothing is sent that was not shown. */
  #reviewView(): TemplateResult | typeof nothing {
    const t = this.#t;
    const sending = this.#step === 'sending';
    const request = sending ? this.#attempt?.request : this.#request();
    const [payout] = request?.payouts ?? [];
    if (!request || !payout) return nothing;
    const { currency } = request;
    const money = this.#money(payout.amount, currency);
    return html`
      ${this.#summaryView()}
      <div>
        <h2 class="title" id="title" tabindex="-1">${t('review.title')}</h2>
        <p class="intro">${t('review.intro')}</p>
      </div>
      ${reviewList([
        ...leavesOf(payout.recipient).map(([path, text]) => this.#reviewRow(path, text)),
        {
          label: this.#labelOf('amount'),
          value: money,
          // "$" and "₱" are the signs of several currencies; "MYR 120.50" says it already.
          ...(money.includes(currency) ? {} : { meaning: `${payout.amount} ${currency}` }),
        },
        { label: this.#labelOf('reference'), value: payout.reference },
      ])}
      ${this.#checkView()}
      <div class="actions">
        ${sending ? nothing : this.#button(t('review.edit'), this.#onEdit)}
        ${this.#button(sending ? t('review.sending') : t('review.send', { amount: money }), this.#onSend, 'primary', sending)}
      </div>
    `;
  }

  #resultView(): TemplateResult | typeof nothing {
    const t = this.#t;
    const outcome = this.#outcome;
    const request = this.#attempt?.request;
    const [payout] = request?.payouts ?? [];
    if (!request || !payout || !outcome || outcome.state === 'refused') return nothing;
    const { status, requestId } = outcome;
    const known = outcome.state === 'accepted';
    const final = isFinal(status);
    const asking = this.#sending !== undefined;
    const [tone, icon] = LOOKS[status] ?? ['', clockIcon];
    const row = (name: string, value: string) => ({ label: this.#labelOf(name), value });
    return html`
      <div class="result ${tone}">
        <span class="disc">${icon()}</span>
        <div>
          <h2 class="title" id="title" tabindex="-1">
            ${this.#own(`result.${status}.title`) ?? t(final ? 'result.ended.title' : 'result.accepted.title')}
          </h2>
          <p class="intro" role="status">${this.#own(`result.${status}`)}</p>
        </div>
      </div>
      ${reviewList([
        row('amount', this.#money(payout.amount, request.currency)),
        row('holderName', payout.recipient.holderName),
        row('reference', payout.reference),
        ...(requestId ? [row('requestId', requestId)] : []),
      ])}
      <p class="hint" role="status">${!known && !asking && this.#checked ? t('result.unchanged') : ''}</p>
      <div class="actions">
        ${
          known
            ? html`${final ? nothing : this.#button(t('result.update'), () => void this.#updateStatus())}
              ${this.#button(t('result.another'), this.#onAnother)}`
            : this.#button(t(asking ? 'result.checking' : 'result.check'), this.#onSend, 'primary', asking)
        }
      </div>
    `;
  }
}

function blankDraft(): RecipientDraft {
  return { method: 'bank', currency: '', country: '', provider: '', accountType: 'individual', texts: new Map() };
}

const words = (list: string): string[] => list.split(/[\s,]+/).filter(Boolean);
const isGrouped = (rule: string): boolean => rule === 'iban' || rule === 'bank-account';
