import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { RuleTables } from '../rules/rule-tables.ts';
import type { Recipient, RecipientMethod } from '../rules/types.ts';
import { AccountCheck, isConfirmed, type NameCheckPolicy } from './account-check.ts';
import { accountCheckView } from './account-check-view.ts';
import { fieldStyles } from './field-styles.ts';
import { fieldId, offerChoices } from './field-templates.ts';
import { FormControl } from './form-control.ts';
import type { LesspayErrorEvent } from './events.ts';
import { takeFieldEvent } from './field-entry.ts';
import { formView, type FormAct, type FormView, type PartState } from './form-view.ts';
import { afterPaint } from './money.ts';
import { onDemand } from './on-demand.ts';
import type { AttemptOutcome } from '../payouts/payout-attempt.ts';
import type { PayoutDesk } from './payout-desk.ts';
import type { RecipientFormStep } from './payout-progress.ts';
import { AMOUNT, RecipientEntry, REFERENCE, type EntryField, type RecipientFieldConfig } from './recipient-entry.ts';
import { LesspayRecipientChangeEvent, type FormIssue, type LesspaySubmittedEvent } from './recipient-events.ts';
import { recipientFields } from './recipient-fields-view.ts';
import { recipientFormStyles } from './recipient-form-styles.ts';
import { selectStyles } from './select-styles.ts';
import { spinner } from './spinner.ts';
import { tokens } from './styles.ts';
import { primaryButton } from './primary-button.ts';
import { secondaryButton } from './secondary-button.ts';
import { choiceStyles } from './choice-styles.ts';

/** The events of `<lesspay-recipient-form>` by name. */
export interface LesspayRecipientFormEventMap {
  'lesspay-change': LesspayRecipientChangeEvent;
  'lesspay-submitted': LesspaySubmittedEvent;
  'lesspay-error': LesspayErrorEvent;
}

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
 * @csspart hint - The help under a field, and what to look at twice in one that is accepted.
 * @csspart error - The message under a field.
 * @csspart choice - A radio with its text.
 * @csspart popup - The box of the list of banks, on narrow screens the sheet.
 * @csspart option - One row of the list of banks.
 * @csspart check - What the bank says of the name on the account.
 * @csspart summary - The summary of what is wrong after a failed submit.
 * @csspart title - The headline of the review and of the outcome.
 * @csspart text - The sentence under it.
 * @csspart icon - The disc with the outcome's icon.
 * @csspart review - The definition list of the review.
 * @csspart primary - The main button.
 * @csspart secondary - The other button.
 * @cssprop [--lesspay-accent] - Main button, focus and selection.
 * @cssprop [--lesspay-danger] - Messages and refused fields.
 * @cssprop [--lesspay-radius=8px] - Corner radius.
 * @cssprop [--lesspay-density=1] - 1 comfortable (44 px controls), 0 compact (36 px).
 * @cssstate review - The review is shown.
 * @cssstate sending - The payout is being sent.
 * @cssstate accepted - The proxy has taken the payout.
 * @cssstate unknown - Whether the payout was taken is not known yet.
 * @cssstate disabled - The form is disabled, by itself or by a fieldset.
 */
export class LesspayRecipientForm extends FormControl<LesspayRecipientFormEventMap> {
  static override readonly styles = [
    tokens,
    primaryButton,
    secondaryButton,
    spinner,
    fieldStyles,
    selectStyles,
    choiceStyles,
    recipientFormStyles,
  ];

  /**
   * Loads and defines `<lesspay-bank-picker>`, which the form draws a bank with, where the page has none yet. Set by
   * `lesspay-elements/define/lesspay-recipient-form`; without it and without the picker a bank's name is typed.
   */
  static loadBankPicker: (() => Promise<unknown>) | undefined;

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
    nameCheck: { attribute: 'name-check' },
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
   * With which answers of a Malaysian bank the operator can go on: any (`advise`, the default), a `match` or
   * `close-match`, only a `match`; `off` does not ask.
   */
  declare nameCheck: NameCheckPolicy;
  /**
   * Changes to single fields, by member (`holderName`, `codes.ifsc`), `method`, `country`, `currency`, `accountType`,
   * `provider`, `amount` or `reference`.
   */
  declare fields: Readonly<Record<string, RecipientFieldConfig>>;
  /** Rules over the merchant's own tables, from `createRules`. */
  declare rules: { readonly tables: RuleTables } | undefined;

  readonly #check = new AccountCheck(() => this.#changed());
  readonly #entry = new RecipientEntry(this, (account) =>
    isConfirmed(this.nameCheck, this.#check.viewFor(account)?.state),
  );
  #desk: PayoutDesk | undefined;
  /** The part that reviews and sends. */
  readonly #open = onDemand(async () => {
    const { PayoutDesk } = await import('./payout-desk.ts');
    return (this.#desk = new PayoutDesk(this, {
      client: () => this.client,
      view: () => this.#view,
      show: (focus, banner) => this.#show(focus, banner),
    }));
  });
  #bankPicker: PartState | undefined;
  /** The parts that were sent for, as promises that do not fail. */
  readonly #parts: Promise<unknown>[] = [];
  /** Why the whole payout was refused, in words. */
  #banner = '';
  #focusNext = '';
  #painted = false;
  #drawing = false;

  constructor() {
    super();
    this.methods = this.currencies = '';
    this.payout = false;
    this.nameCheck = 'advise';
    this.fields = {};
    this.internals.role = 'group';
  }

  /**
   * The recipient once everything is right, else `undefined`. Setting takes a recipient, or as much of one as there is; what
   * the form has already, `undefined` while something is missing included, changes nothing. `null` empties it.
   */
  get value(): Recipient | undefined {
    return this.#entry.read().recipient;
  }

  set value(value: Recipient | Readonly<Record<string, unknown>> | string | null | undefined) {
    // React and Vue hand back what `lesspay-change` told them: that must neither wipe what is half typed nor move the caret.
    if (JSON.stringify(value) === JSON.stringify(this.value)) return;
    this.#entry.fill(value);
    this.#changed();
  }

  /** What is not right yet, shown to the operator or not. */
  get issues(): FormIssue[] {
    return Array.from(this.#entry.read().issues, ([path, code]) => ({ path, code }));
  }

  /** How the recipient is paid. */
  get method(): RecipientMethod {
    return this.#entry.draft.method;
  }

  set method(method: string | null) {
    this.#choose('method', method);
  }

  /** ISO 4217 of the payout. */
  get currency(): string {
    return this.#entry.draft.currency;
  }

  set currency(currency: string | null) {
    this.#choose('currency', currency);
  }

  /** ISO 3166-1 alpha-2 of the recipient's bank. */
  get country(): string {
    return this.#entry.draft.country;
  }

  set country(country: string | null) {
    this.#choose('country', country);
  }

  /** Decimal string of the payout; with `payout`. */
  get amount(): string {
    return this.#entry.wire(AMOUNT);
  }

  set amount(amount: string | number | null) {
    this.#put(AMOUNT, amount);
  }

  /** The merchant's own reference of the payout; with `payout`. */
  get reference(): string {
    return this.#entry.wire(REFERENCE);
  }

  set reference(reference: string | null) {
    this.#put(REFERENCE, reference);
  }

  /** What the form is doing. */
  get step(): RecipientFormStep {
    return this.#desk?.step ?? 'edit';
  }

  /** Shows the review, or what keeps it from being shown. Only with `payout`. */
  review(): boolean {
    if (!this.payout || this.isDisabled || this.step !== 'edit') return false;
    if (!this.#entry.request) {
      this.complain(true);
      return false;
    }
    this.#entry.listed = [];
    this.#entry.refused.clear();
    if (this.#desk) this.#go('review', 'title');
    else {
      // It comes as soon as its part of the form is there.
      this.#open().then(
        () => this.review(),
        () => this.#show('summary', this.#view.t('form.missing')),
      );
    }
    return true;
  }

  /** Goes back from the review to the fields. */
  edit(): void {
    if (this.step === 'review') this.#go('edit', this.#firstId);
  }

  /**
   * Sends the payout through the proxy: once, however often it is called. After an unknown outcome it asks about the
   * same payout. Resolves with what is then known, or `undefined` where something is not right yet.
   */
  async submit(): Promise<AttemptOutcome | undefined> {
    if (!this.payout) throw new Error('submit() needs the "payout" attribute.');
    const { progress } = this.#desk ?? (await this.#open());
    return progress.submit(() => {
      if (this.isDisabled) return undefined;
      const { request } = this.#entry;
      this.#banner = '';
      if (!request) {
        progress.step = 'edit';
        this.complain(true);
      }
      return request;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#check.forget();
  }

  formResetCallback(): void {
    // An attempt whose outcome is open keeps its key: a reset must not make a second payout of it.
    if (this.step !== 'sending' && this.step !== 'unknown') this.#clear();
  }

  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state !== 'string') return;
    this.#entry.state = state;
    this.#changed();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.size > 0) this.#entry.changed();
    if (!this.hasUpdated) this.#entry.fillDefaults();
    // Until someone needs it there is time to try again.
    if (changed.has('payout') && this.payout) this.#parts.push(this.#open().catch(() => undefined));
    this.internals.ariaLabel = this.label || this.#view.t('form.label');
  }

  protected override firstUpdated(): void {
    for (const type of ['input', 'change', 'focusout', 'keydown', 'lesspay-change'])
      this.renderRoot.addEventListener(type, this.#onField);
    this.renderRoot.addEventListener('click', this.#onClick);
    // The names of 250 countries cost milliseconds of ICU: not before the first paint.
    afterPaint(() => {
      this.#painted = true;
      this.#offer();
    });
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await Promise.all(this.#parts);
    return super.getUpdateComplete();
  }

  protected override update(changed: PropertyValues): void {
    this.#drawing = true;
    super.update(changed);
    this.#drawing = false;
  }

  protected override updated(): void {
    super.updated();
    for (const step of ['review', 'sending', 'accepted', 'unknown']) this.setState(step, this.step === step);
    this.#offer();
    const next = this.#focusNext;
    this.#focusNext = '';
    // Not within the update: the field that loses the focus asks for one of its own.
    queueMicrotask(() => {
      if (next) this.#focus(next);
      // The bank is asked about a name or number that came without typing, too, but not about a half typed one.
      if (!this.shadowRoot?.activeElement?.matches('input')) this.#ask();
    });
  }

  /** Gives the selects their options, with names once the form was painted. */
  #offer(): void {
    for (const select of this.renderRoot.querySelectorAll('select')) {
      offerChoices(select, this.#entry.choiceOf(select.dataset.field ?? '') ?? '', this.#painted);
    }
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const check = this.#checkView(view);
    const shown =
      this.#desk && this.step !== 'edit'
        ? this.#desk.render(view, this.#banner, check)
        : recipientFields(view, this.#banner, check);
    return html`<div class="form">${shown}</div>`;
  }

  #checkView(view: FormView): TemplateResult | typeof nothing {
    const { account } = this.#entry.read();
    if (this.method !== 'leanx') return nothing;
    const answer = this.#check.viewFor(account);
    const shown = answer && accountCheckView(view, answer, isConfirmed(this.nameCheck, answer.state));
    // Without white space inside: an empty region takes no room.
    return html`<div role="status" class="check-region">${shown}</div>`;
  }

  get #view(): FormView {
    return formView(this, this.#entry, this.language, this.isDisabled, () => this.#bringBankPicker());
  }

  /** Whether banks can be chosen from a list; sends for the picker where it is not there. */
  #bringBankPicker(): PartState {
    const { loadBankPicker } = LesspayRecipientForm;
    if (customElements.get('lesspay-bank-picker')) return 'ready';
    if (!loadBankPicker) return 'missing';
    if (!this.#bankPicker) {
      this.#bankPicker = 'loading';
      const settle = (state: PartState) => {
        this.#bankPicker = state;
        // The picker takes the place of the field that stood for it.
        const focused = this.shadowRoot?.activeElement;
        if (focused?.matches('[data-field^=bank]')) this.#focusNext = focused.id;
        this.requestUpdate();
      };
      this.#parts.push(
        loadBankPicker().then(
          () => settle('ready'),
          () => settle('missing'),
        ),
      );
    }
    return this.#bankPicker;
  }

  get #firstId(): string {
    return fieldId(this.#entry.fields.find(({ name }) => !this.fields[name]?.hidden)?.name ?? '');
  }

  #choose(name: string, value: string | null): void {
    this.#entry.choose(name, value);
    this.#changed();
  }

  #put(field: EntryField, text: string | number | null): void {
    this.#entry.setText(field, String(text ?? ''));
    this.#entry.tidy(field);
    this.#changed();
  }

  #clear(): void {
    this.#entry.clear();
    this.#desk?.progress.clear();
    this.#check.forget();
    this.#banner = '';
    for (const name of ['method', 'currency', 'country', 'value', 'amount', 'reference'] as const) {
      if (this.hasAttribute(name)) this[name] = this.getAttribute(name);
    }
    this.#entry.fillDefaults();
    this.#changed();
  }

  /** After any change: the form's value and validity are right at once, not only after the next render. */
  #changed(): void {
    this.#entry.changed();
    this.sync();
    this.requestUpdate();
  }

  /** After a change by the operator. */
  #edited(name: string): void {
    this.#entry.refused.delete(name);
    this.#changed();
    this.dispatchEvent(new LesspayRecipientChangeEvent(this.value, this.issues));
  }

  get #mayStayEmpty(): boolean {
    return !this.required && !this.payout && this.#entry.isEmpty;
  }

  protected override sync(): void {
    const { recipient, issues } = this.#entry.read();
    const [[name, code] = []] = issues;
    if (!name || !code || this.#mayStayEmpty) this.setValid();
    else this.setValid(code === 'required' ? 'valueMissing' : 'customError', this.#view.problemOf(name), fieldId(name));
    this.internals.setFormValue(recipient ? JSON.stringify(recipient) : null, this.#entry.state);
  }

  protected override complain(focus = false): void {
    if (this.#mayStayEmpty) return;
    const entry = this.#entry;
    entry.listed = [...entry.read().issues.keys()];
    for (const name of entry.listed) entry.left.add(name);
    if (focus) this.#focusNext = 'summary';
    this.requestUpdate();
  }

  #go(step: RecipientFormStep, focus: string): void {
    if (this.#desk) this.#desk.progress.step = step;
    this.#show(focus);
  }

  #show(focus: string, banner = ''): void {
    this.#focusNext = focus;
    this.#banner = banner;
    this.requestUpdate();
  }

  /** Focuses an element of the shadow tree; of a group the checked or first radio. */
  #focus(id: string): void {
    const target = this.shadowRoot?.getElementById(id);
    (target?.querySelector<HTMLElement>('input:checked, :not(:has(:checked)) > label input') ?? target)?.focus();
  }

  /** All events of the fields. */
  #onField = (event: Event): void => {
    // What the page has put into a slot is not ours. An input that is taken away loses the focus: what stands in it belongs
    // to a field that is gone, not to the one that has its name now.
    if ((event.target as Node).getRootNode() !== this.renderRoot || this.#drawing) return;
    const done = takeFieldEvent(this.#entry, event, (name) => this.#edited(name));
    if (!done) return;
    this.#changed();
    this.#ask();
    if (done === 'left') return;
    // Inputs in a shadow tree do not submit the form around it; Enter should all the same.
    event.preventDefault();
    if (this.payout) this.review();
    else this.form?.requestSubmit();
  };

  /** Asks the bank whose account it is. */
  #ask(again = false): void {
    const { account } = this.#entry.read();
    if (account && this.proxy && this.isConnected && this.nameCheck !== 'off')
      void this.#check.ask(this.client, account, again);
  }

  #onClick = (event: Event): void => {
    const target = (event.target as Element).closest<HTMLElement>('[data-act], a');
    if (target?.getRootNode() !== this.renderRoot) return;
    if (target instanceof HTMLAnchorElement) {
      event.preventDefault();
      this.#focus(target.hash.slice(1));
      return;
    }
    const acts: Record<FormAct, () => unknown> = {
      review: () => this.review(),
      edit: () => this.edit(),
      submit: () => this.submit(),
      update: () => this.#desk?.progress.update(),
      another: () => {
        this.#clear();
        this.#focusNext = this.#firstId;
      },
      ask: () => this.#takeName(target.dataset.name ?? ''),
      banks: () => {
        this.#bankPicker = undefined;
        this.#show(fieldId('bankId'));
      },
    };
    acts[target.dataset.act as FormAct]();
  };

  /** Takes the bank's name for the account, or asks again where there was no answer. */
  #takeName(name: string): void {
    if (name) {
      this.#entry.draft.texts.set('holderName', name);
      this.#entry.left.add('holderName');
      this.#edited('holderName');
    }
    this.#ask(true);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesspay-recipient-form': LesspayRecipientForm;
  }
}
