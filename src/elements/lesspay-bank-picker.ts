import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { listBanks, listLeanxBanks } from '../client.ts';
import { bankPicker } from '../locales/en/bank-picker.ts';
import { keepBeside } from './bank-popup-position.ts';
import { bankPickerStyles } from './bank-picker-styles.ts';
import { indexBanks, searchBanks, type Bank, type BankIndex, type BankMatch } from './bank-search.ts';
import { fieldStyles } from './field-styles.ts';
import { chevronIcon, crossIcon, errorIcon, warningIcon } from './icons.ts';
import { LesspayElement } from './lesspay-element.ts';
import { buttons, tokens } from './styles.ts';
import { translator, type Translate } from './texts.ts';

const translate = translator('bankPicker', bankPicker);
const MAX_ROWS = 50;
const MAX_RECENT = 5;

/** The banks chosen on this page, per list, latest first; kept in memory only. */
const recentChoices = new Map<string, string[]>();

/** `lesspay-change` of a bank picker: the chosen bank or, with `allow-other`, the typed name is another. */
export class LesspayBankChangeEvent extends Event {
  /** The chosen bank; `undefined` while nothing of the list is chosen. */
  readonly bank: Bank | undefined;
  /** The bank's id, or the typed name where `allow-other` lets it stand; empty for none. */
  readonly value: string;

  constructor(bank: Bank | undefined, value: string) {
    super('lesspay-change', { bubbles: true, composed: true });
    this.bank = bank;
    this.value = value;
  }
}

/**
 * A searchable list of the banks that a payout channel can reach now: an ARIA 1.2 combobox, a bottom sheet on narrow
 * screens.
 *
 * @summary A searchable, live list of banks.
 * @tag lesspay-bank-picker
 * @fires {LesspayBankChangeEvent} lesspay-change - The chosen bank is another.
 * @csspart label - The label above the field.
 * @csspart control - The box of the field.
 * @csspart input - The text input.
 * @csspart popup - The box of the list.
 * @csspart option - One row of the list.
 * @csspart hint - The help under the field.
 * @csspart error - The message under the field.
 * @cssstate open - The list is shown.
 * @cssstate loading - The list is being fetched.
 * @cssstate failed - The list could not be fetched.
 * @cssstate stale - The list is the last good one.
 * @cssstate disabled - The picker is disabled, by itself or by a fieldset.
 */
export class LesspayBankPicker extends LesspayElement {
  /** Takes part in forms. */
  static readonly formAssociated = true;
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [tokens, buttons, fieldStyles, bankPickerStyles];

  static override readonly properties = {
    proxy: {},
    source: {},
    country: {},
    currency: {},
    name: { reflect: true },
    value: { noAccessor: true },
    text: { noAccessor: true, attribute: false },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    readOnly: { type: Boolean, attribute: 'readonly', reflect: true },
    allowOther: { type: Boolean, attribute: 'allow-other', reflect: true },
    label: {},
    hint: {},
    optional: { attribute: false },
    error: { attribute: false },
    fetch: { attribute: false },
    allowedProxyOrigins: { attribute: false },
  };

  /** The base path of the signing proxy. */
  declare proxy: string;
  /** Which list: `leanx` (Malaysia) or `lesspay` (the supported banks of a country and currency). */
  declare source: 'leanx' | 'lesspay';
  /** ISO 3166-1 alpha-2 of the banks; only for `lesspay`. */
  declare country: string;
  /** ISO 4217 of the payout; only for `lesspay`. */
  declare currency: string;
  /** Name of the form entry. */
  declare name: string;
  declare required: boolean;
  declare disabled: boolean;
  declare readOnly: boolean;
  /** Lets a name stand that the list does not have; `value` is then that name. */
  declare allowOther: boolean;
  /** The visible label; without it the text of a `<label>` of this element names the field. */
  declare label: string;
  /** A line of help under the field. */
  declare hint: string;
  /** The word after the label of a field that may stay empty. */
  declare optional: string;
  /** A message from outside; `undefined` leaves it to the picker to show its own once the field was left. */
  declare error: string | undefined;
  /** Used instead of the page's `fetch`. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** Other origins on which the proxy may be. */
  declare allowedProxyOrigins: readonly string[] | undefined;

  #value = '';
  #text = '';
  #chosen: Bank | undefined;
  #list: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  #banks: readonly Bank[] = [];
  #index: BankIndex = { entries: [] };
  #fetchedAt = '';
  #stale = false;
  #load: AbortController | undefined;
  #open = false;
  #query = '';
  #active = -1;
  #matches: readonly BankMatch[] = [];
  #left = false;
  #formDisabled = false;
  #checking = false;
  #announcement = '';
  #announceLater: ReturnType<typeof setTimeout> | undefined;
  #narrow: MediaQueryList | undefined;
  #release: (() => void) | undefined;

  constructor() {
    super();
    this.proxy = '';
    this.source = 'leanx';
    this.country = '';
    this.currency = '';
    this.name = '';
    this.required = false;
    this.disabled = false;
    this.readOnly = false;
    this.allowOther = false;
    this.label = '';
    this.hint = '';
    this.optional = '';
    this.error = undefined;
    this.fetch = undefined;
    this.allowedProxyOrigins = undefined;
    this.addEventListener('invalid', () => {
      if (this.#checking) return;
      this.#left = true;
      this.requestUpdate();
    });
  }

  /** The chosen bank's id, or the typed name where `allow-other` lets it stand; empty for none. */
  get value(): string {
    return this.#value;
  }

  set value(value: string | number | null | undefined) {
    const next = value == null ? '' : String(value);
    if (next === this.#value) return;
    this.#value = next;
    this.#chosen = this.#banks.find((bank) => bank.id === next);
    this.#text = this.#chosen?.name ?? next;
    this.#sync();
    this.requestUpdate();
  }

  /** What the field shows: the chosen bank's name, or what was typed. Setting it chooses the bank of that very name. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    if (text === this.#text) return;
    this.#text = text;
    this.#settle();
    this.requestUpdate();
  }

  /** The chosen bank. */
  get bank(): Bank | undefined {
    return this.#chosen;
  }

  /** Whether the list is there, and if not, why. */
  get listState(): 'idle' | 'loading' | 'ready' | 'failed' {
    return this.#list;
  }

  /** The form this picker belongs to. */
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

  /** Whether the value is acceptable; shows nothing. */
  checkValidity(): boolean {
    this.#sync();
    this.#checking = true;
    const valid = this.internals.checkValidity();
    this.#checking = false;
    return valid;
  }

  /** Whether the value is acceptable; if not, says why at the field. */
  reportValidity(): boolean {
    this.#sync();
    return this.internals.reportValidity();
  }

  /** Fetches the list again. */
  async reload(): Promise<void> {
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    const { proxy, fetch, allowedProxyOrigins, country, currency } = this;
    this.#banks = [];
    this.#index = { entries: [] };
    this.#stale = false;
    if (!proxy || (this.source === 'lesspay' && !(country && currency))) {
      this.#list = 'idle';
      this.#listChanged();
      return;
    }
    this.#list = 'loading';
    this.#listChanged();
    const options = { proxy, fetch, allowedProxyOrigins, signal: load.signal };
    try {
      if (this.source === 'leanx') {
        const { banks, fetchedAt, stale } = await listLeanxBanks(options);
        this.#banks = banks.map((bank) => ({
          id: String(bank.id),
          name: bank.name,
          code: readableReference(bank.reference, bank.name),
          active: bank.active,
        }));
        this.#fetchedAt = fetchedAt;
        this.#stale = stale;
      } else {
        const { banks } = await listBanks(options, { country, currency });
        this.#banks = banks.map(({ code, name }) => ({ id: code, name, code, active: true }));
      }
      if (load.signal.aborted) return;
      this.#list = 'ready';
    } catch {
      if (load.signal.aborted) return;
      this.#list = 'failed';
      this.#banks = [];
    }
    this.#index = indexBanks(this.#banks);
    this.#listChanged();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#narrow ??= matchMedia('(max-width: 559.98px)');
    this.#narrow.addEventListener('change', this.#onNarrow);
    addEventListener('online', this.#onOnline);
    if (this.hasUpdated && this.#list === 'idle') void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow?.removeEventListener('change', this.#onNarrow);
    removeEventListener('online', this.#onOnline);
    this.#load?.abort();
    if (this.#list === 'loading') this.#list = 'idle';
    clearTimeout(this.#announceLater);
    this.#release?.();
    this.#release = undefined;
    this.#open = false;
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.#sync();
    this.requestUpdate();
  }

  formResetCallback(): void {
    this.#left = false;
    this.#query = '';
    this.#setOpen(false);
    this.value = this.getAttribute('value') ?? '';
    if (this.#value === '') this.#text = '';
    this.#sync();
    this.requestUpdate();
  }

  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state === 'string') this.value = state;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const lists: PropertyKey[] = ['proxy', 'source', 'country', 'currency'];
    if (lists.some((key) => (changed as Map<PropertyKey, unknown>).has(key))) void this.reload();
    this.#sync();
  }

  protected override firstUpdated(): void {
    // One listener for all rows; the keys that choose a row are the input's.
    this.renderRoot.addEventListener('click', this.#onRowClick);
  }

  protected override updated(): void {
    this.#sync();
    this.#showPopup();
    this.setState('open', this.#open);
    this.setState('loading', this.#list === 'loading');
    this.setState('failed', this.#list === 'failed');
    this.setState('stale', this.#stale);
    this.setState('disabled', this.#isDisabled);
    if (this.#open) {
      this.renderRoot.querySelector(`#option-${this.#active}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  protected override render(): TemplateResult {
    const t = translate(this.language);
    const sheet = this.#narrow?.matches === true;
    const error = this.#isDisabled ? '' : (this.error ?? (this.#left ? this.#problem(t) : ''));
    const note = this.#note(t);
    const described = [this.hint && 'hint', error && 'error', note && 'note'].filter(Boolean).join(' ');
    return html`
      <div class="field">
        ${
          this.label
            ? html`<label class="label" part="label" id="label" for="field"
                >${this.label}${this.optional ? html` <span class="optional">(${this.optional})</span>` : nothing}</label
              >`
            : nothing
        }
        <div class="control" part="control">
          ${sheet ? this.#sheetOpener(t, error, described) : this.#input(t, 'field', error, described)}
          <button
            type="button"
            class="open"
            tabindex="-1"
            aria-label=${t('picker.open')}
            ?disabled=${this.#isDisabled || this.readOnly}
            @click=${this.#onChevron}
          >
            ${chevronIcon()}
          </button>
        </div>
        ${this.hint ? html`<p class="hint" part="hint" id="hint">${this.hint}</p>` : nothing}
        ${error ? html`<p class="error" part="error" id="error">${errorIcon()}<span>${error}</span></p>` : nothing}
        ${note ? html`<p class="hint note" id="note">${note}</p>` : nothing}
        ${sheet ? this.#sheet(t) : html`<div class="popup" part="popup" id="popup" popover="manual" @pointerdown=${keepFocus}>${this.#rows(t)}</div>`}
        <div class="visually-hidden" role="status">${this.#announcement}</div>
      </div>
    `;
  }

  get #isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  get #accessibleName(): string | undefined {
    if (this.label) return undefined;
    const labels = [...this.internals.labels].map((label) => label.textContent?.trim() ?? '');
    return this.getAttribute('aria-label') ?? (labels.join(' ') || undefined);
  }

  #input(t: Translate<typeof bankPicker>, id: string, error: string, described: string): TemplateResult {
    const open = this.#open;
    return html`<input
      id=${id}
      class="input"
      part="input"
      type="text"
      role="combobox"
      aria-label=${(id === 'search' && this.label) || (this.#accessibleName ?? (this.label ? nothing : t('picker.label')))}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls="list"
      aria-activedescendant=${open && this.#active >= 0 ? `option-${this.#active}` : nothing}
      aria-describedby=${described || nothing}
      aria-invalid=${error ? 'true' : nothing}
      aria-required=${this.required ? 'true' : nothing}
      autocomplete="off"
      autocapitalize="off"
      autocorrect="off"
      spellcheck="false"
      enterkeyhint="done"
      .value=${live(this.#text)}
      ?disabled=${this.#isDisabled}
      ?readonly=${this.readOnly}
      @input=${this.#onInput}
      @keydown=${this.#onKeydown}
      @click=${this.#onFieldClick}
      @blur=${this.#onBlur}
    />`;
  }

  /** On a narrow screen the field itself only opens the sheet, which has the input to type in. */
  #sheetOpener(t: Translate<typeof bankPicker>, error: string, described: string): TemplateResult {
    return html`<input
      id="field"
      class="input opener"
      part="input"
      type="text"
      role="combobox"
      readonly
      aria-label=${this.#accessibleName ?? (this.label ? nothing : t('picker.label'))}
      aria-haspopup="dialog"
      aria-expanded=${this.#open ? 'true' : 'false'}
      aria-controls="sheet"
      aria-describedby=${described || nothing}
      aria-invalid=${error ? 'true' : nothing}
      aria-required=${this.required ? 'true' : nothing}
      autocomplete="off"
      .value=${live(this.#text)}
      ?disabled=${this.#isDisabled}
      @click=${this.#onSheetField}
      @keydown=${this.#onSheetField}
    />`;
  }

  #sheet(t: Translate<typeof bankPicker>): TemplateResult {
    return html`<dialog class="sheet" id="sheet" aria-label=${t('picker.choose')} @close=${this.#onSheetClose}>
      <div class="sheet-head">
        <div class="control">${this.#open ? this.#input(t, 'search', '', 'typing') : nothing}</div>
        <button type="button" class="close" aria-label=${t('picker.close')} @click=${this.#onSheetDone}>
          ${crossIcon()}
        </button>
      </div>
      <p class="hint" id="typing">${t('picker.hint.type')}</p>
      ${this.#rows(t)}
    </dialog>`;
  }

  #rows(t: Translate<typeof bankPicker>): TemplateResult {
    const rows = this.#open ? this.#matches.slice(0, MAX_ROWS) : [];
    const more = this.#matches.length - rows.length;
    return html`
      <div
        role="listbox"
        class="list"
        id="list"
        tabindex="-1"
        aria-label=${t('picker.list')}
        ?hidden=${rows.length === 0}
      >
        ${rows.map(({ bank, marks }, i) => {
          const facts = [bank.code !== bank.name && bank.code, !bank.active && t('picker.unavailable')].filter(Boolean);
          return html`<div
            role="option"
            part="option"
            class="option"
            id=${`option-${i}`}
            data-index=${i}
            aria-selected=${bank.id === this.#chosen?.id ? 'true' : 'false'}
            aria-disabled=${bank.active ? nothing : 'true'}
            ?data-active=${i === this.#active}
          >
            <span class="name" dir="auto">${marked(bank.name, marks)}</span>
            ${facts.length > 0 ? html`<span class="code">${facts.join(' · ')}</span>` : nothing}
          </div>`;
        })}
      </div>
      ${this.#open ? this.#foot(t, rows.length, more) : nothing}
    `;
  }

  #foot(t: Translate<typeof bankPicker>, shown: number, more: number): TemplateResult | typeof nothing {
    if (this.#list === 'loading') {
      return html`<p class="foot">${t('picker.loading')}</p>
        <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`;
    }
    if (this.#list !== 'ready') return html`<p class="foot">${this.#note(t) || nothing}</p>`;
    const lines: string[] = [];
    if (shown === 0) {
      const query = this.#text.trim();
      lines.push(
        this.#banks.length === 0
          ? t('picker.empty')
          : t(this.allowOther ? 'picker.none.other' : 'picker.none', { query }),
      );
    }
    if (more > 0) lines.push(t('picker.more', { count: more }));
    if (this.#stale) lines.push(t('picker.stale', { age: age(this.#fetchedAt, this.language) }));
    return lines.length > 0 ? html`${lines.map((line) => html`<p class="foot">${line}</p>`)}` : nothing;
  }

  /** What stands under the field when the list is not to be had. */
  #note(t: Translate<typeof bankPicker>): TemplateResult | '' {
    const empty = this.#list === 'ready' && this.#banks.length === 0 && !this.allowOther;
    if (this.#list !== 'failed' && !empty) return '';
    const text = empty
      ? t('picker.empty')
      : !navigator.onLine
        ? t('picker.offline')
        : t(this.allowOther ? 'picker.failed.other' : 'picker.failed');
    return html`${warningIcon()}<span
        >${text}
        <button type="button" class="link" ?disabled=${this.#isDisabled} @click=${this.#onRetry}>
          ${t('picker.retry')}
        </button></span
      >`;
  }

  #problem(t: Translate<typeof bankPicker>): string {
    if (this.#value !== '') {
      const unknown = !this.allowOther && this.#list === 'ready' && !this.#chosen?.active;
      return unknown ? t('picker.unknown') : '';
    }
    if (this.#text.trim() !== '') return t('picker.unknown');
    return this.required ? t('picker.required') : '';
  }

  #sync(): void {
    const message = this.#problem(translate(this.language));
    const anchor = this.shadowRoot?.querySelector<HTMLElement>('#field') ?? undefined;
    if (!message) this.internals.setValidity({});
    else
      this.internals.setValidity(
        this.#text.trim() === '' ? { valueMissing: true } : { customError: true },
        message,
        anchor,
      );
    this.internals.setFormValue(this.#value === '' ? null : this.#value);
  }

  #listChanged(): void {
    // A value or a text that came before the list finds its bank now.
    if (this.#list === 'ready' && !this.#chosen) {
      this.#chosen = this.#banks.find((bank) => bank.id === this.#value);
      if (this.#chosen) this.#text = this.#chosen.name;
      else if (this.#value === '' || this.allowOther) this.#settle();
    } else if (this.#list === 'loading' && this.#chosen) {
      this.#chosen = undefined;
      if (this.allowOther) this.#value = this.#text.trim();
    }
    if (this.#open) this.#search();
    this.#sync();
    this.requestUpdate();
  }

  #choose(bank: Bank): void {
    const changed = bank.id !== this.#value;
    this.#chosen = bank;
    this.#value = bank.id;
    this.#text = bank.name;
    const list = this.#listKey;
    recentChoices.set(
      list,
      [bank.id, ...(recentChoices.get(list) ?? []).filter((id) => id !== bank.id)].slice(0, MAX_RECENT),
    );
    this.#sync();
    if (changed) this.#tell();
  }

  /** Ties the typed text to a bank, where it names exactly one that can be chosen. */
  #settle(): void {
    const text = this.#text.trim();
    const before = this.#value;
    if (text === '') {
      this.#chosen = undefined;
      this.#value = '';
    } else if (this.#chosen?.name !== this.#text) {
      const same = (a: string) => a.localeCompare(text, undefined, { sensitivity: 'accent' }) === 0;
      const named = this.#banks.filter((bank) => bank.active && (same(bank.name) || same(bank.id) || same(bank.code)));
      const [only] = named.length === 1 ? named : [];
      this.#chosen = only;
      if (only) this.#text = only.name;
      this.#value = only?.id ?? (this.allowOther ? text : '');
    }
    this.#sync();
    if (this.#value !== before) this.#tell();
  }

  #tell(): void {
    if (this.hasUpdated) this.dispatchEvent(new LesspayBankChangeEvent(this.#chosen, this.#value));
  }

  get #listKey(): string {
    return [this.source, this.country, this.currency].join('/');
  }

  #search(): void {
    const found = searchBanks(this.#index, this.#query);
    if (this.#query === '') {
      const recent = recentChoices.get(this.#listKey) ?? [];
      const rank = ({ bank }: BankMatch) => (recent.indexOf(bank.id) + MAX_RECENT + 1) % (MAX_RECENT + 1);
      if (recent.length > 0) found.sort((a, b) => order(rank(a)) - order(rank(b)));
    }
    this.#matches = found;
    this.#active = Math.min(this.#active, Math.min(found.length, MAX_ROWS) - 1);
  }

  #setOpen(open: boolean): void {
    if (open === this.#open) return;
    if (open && (this.#isDisabled || this.readOnly)) return;
    if (open && !this.#narrow?.matches && this.#list !== 'ready' && this.#list !== 'loading') return;
    this.#open = open;
    this.#query = '';
    this.#active = -1;
    if (open) {
      this.#search();
      this.#active = this.#matches.slice(0, MAX_ROWS).findIndex(({ bank }) => bank.id === this.#chosen?.id);
      this.#announce();
    }
    this.requestUpdate();
  }

  #showPopup(): void {
    const popup = this.renderRoot.querySelector<HTMLElement>('#popup');
    const sheet = this.renderRoot.querySelector<HTMLDialogElement>('#sheet');
    if (sheet) {
      if (this.#open && !sheet.open) {
        sheet.showModal();
        sheet.querySelector<HTMLInputElement>('#search')?.focus();
      } else if (!this.#open && sheet.open) sheet.close();
      return;
    }
    if (!popup) return;
    const shown = popup.matches(':popover-open');
    if (this.#open && !shown) {
      popup.showPopover();
      const control = this.renderRoot.querySelector('.control');
      if (control) this.#release = keepBeside(control, popup);
    } else if (!this.#open && shown) {
      popup.hidePopover();
      this.#release?.();
      this.#release = undefined;
    }
  }

  #announce(): void {
    clearTimeout(this.#announceLater);
    // Not at every key: a screen reader would talk over the typing.
    this.#announceLater = setTimeout(() => {
      const t = translate(this.language);
      const count = this.#matches.length;
      this.#announcement = !this.#open
        ? ''
        : this.#list === 'loading'
          ? t('picker.loading')
          : count === 0
            ? t(this.allowOther ? 'picker.none.other' : 'picker.none', { query: this.#text.trim() })
            : count === 1
              ? t('picker.count.one')
              : t('picker.count', { count });
      this.requestUpdate();
    }, 400);
  }

  #onNarrow = (): void => {
    this.#setOpen(false);
    this.requestUpdate();
  };

  #onOnline = (): void => {
    if (this.#list === 'failed') void this.reload();
  };

  #onRetry(): void {
    void this.reload();
  }

  #onInput(event: InputEvent): void {
    const input = event.target as HTMLInputElement;
    this.#text = input.value;
    this.#chosen = undefined;
    const before = this.#value;
    this.#value = this.allowOther ? this.#text.trim() : '';
    this.#setOpen(true);
    this.#query = this.#text;
    this.#active = -1;
    this.#search();
    // The likeliest bank is at hand for Enter; a free name must not be overwritten by it.
    if (!this.allowOther && this.#query.trim() !== '' && this.#matches[0]?.bank.active) this.#active = 0;
    this.#announce();
    this.#sync();
    if (before !== this.#value) this.#tell();
    this.requestUpdate();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.isComposing || this.readOnly) return;
    const last = Math.min(this.#matches.length, MAX_ROWS) - 1;
    const move = (to: number) => {
      event.preventDefault();
      this.#active = to;
      this.requestUpdate();
    };
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (!this.#open) {
        this.#setOpen(true);
        const end = Math.min(this.#matches.length, MAX_ROWS) - 1;
        move(
          event.altKey ? this.#active : this.#active >= 0 ? this.#active : key === 'ArrowDown' ? Math.min(0, end) : end,
        );
      } else if (event.altKey && key === 'ArrowUp') {
        event.preventDefault();
        this.#setOpen(false);
      } else if (key === 'ArrowDown') move(this.#active >= last ? Math.min(0, last) : this.#active + 1);
      else move(this.#active <= 0 ? last : this.#active - 1);
    } else if (key === 'Enter') {
      if (!this.#open) return;
      event.preventDefault();
      event.stopPropagation();
      this.#take(this.#active);
    } else if (key === 'Escape') {
      if (!this.#open) return;
      event.preventDefault();
      event.stopPropagation();
      this.#setOpen(false);
    } else if (key === 'Tab') {
      // Leaving takes a row that the arrows went to, or the only one left; never the first of several.
      const matches = this.#matches;
      if (this.#open && this.#active >= 0 && (matches.length === 1 || this.#active > 0 || this.#query === ''))
        this.#take(this.#active);
    } else if (this.#open && this.#active >= 0 && (key === 'Home' || key === 'End')) {
      move(key === 'Home' ? 0 : last);
    } else if (this.#open && (key === 'PageDown' || key === 'PageUp')) {
      move(key === 'PageDown' ? Math.min(last, this.#active + 8) : Math.max(Math.min(0, last), this.#active - 8));
    }
  }

  #take(row: number): void {
    const bank = this.#matches[row]?.bank;
    if (bank) {
      if (!bank.active) return;
      this.#choose(bank);
    } else this.#settle();
    this.#setOpen(false);
    this.requestUpdate();
  }

  #onRowClick = (event: Event): void => {
    const target = event.target as Element;
    const option = target.closest<HTMLElement>('[data-index]');
    if (option) this.#take(Number(option.dataset.index));
    // A press on the dialog itself, outside its padding's content, is one on the backdrop.
    else if (target instanceof HTMLDialogElement) this.#onSheetDone();
  };

  #onFieldClick(): void {
    this.#setOpen(true);
  }

  #onChevron(): void {
    const open = this.#open;
    this.renderRoot.querySelector<HTMLInputElement>('#field')?.focus();
    this.#setOpen(!open);
  }

  #onBlur(event: FocusEvent): void {
    if ((event.target as Element).id === 'search') return;
    this.#setOpen(false);
    this.#settle();
    if (this.#text.trim() !== '' || this.#left) this.#left = true;
    this.requestUpdate();
  }

  #onSheetField(event: Event): void {
    if (event instanceof KeyboardEvent && !['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    this.#setOpen(true);
  }

  #onSheetDone(): void {
    this.#settle();
    this.#setOpen(false);
  }

  #onSheetClose(): void {
    this.#settle();
    this.#setOpen(false);
    if (this.#text.trim() !== '') this.#left = true;
    this.requestUpdate();
  }
}

/** Rows are pressed with the focus left in the input, as the pattern asks. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

const order = (rank: number) => (rank === 0 ? MAX_RECENT + 1 : rank);

/** `PAYOUT_MBSB_BANK_WEBPAY` → `MBSB BANK`: LeanX has no code for people, its reference carries the short name. */
function readableReference(reference: string, name: string): string {
  const short = reference
    .replace(/^PAYOUT_|_WEBPAY$/g, '')
    .replaceAll('_', ' ')
    .trim();
  return short.toLowerCase() === name.toLowerCase() ? '' : short;
}

/** The name with its matched letters in bold; text bindings only. */
function marked(name: string, marks: BankMatch['marks']): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(name.slice(at, start), html`<b>${name.slice(start, end)}</b>`);
    at = end;
  }
  parts.push(name.slice(at));
  return parts;
}

/** "3 hours ago" in the page's language. */
function age(since: string, lang: string): string {
  const minutes = Math.max(1, Math.round((Date.now() - Date.parse(since)) / 60_000)) || 1;
  const [value, unit]: [number, Intl.RelativeTimeFormatUnit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  return new Intl.RelativeTimeFormat(lang, { style: 'short' }).format(-value, unit);
}
