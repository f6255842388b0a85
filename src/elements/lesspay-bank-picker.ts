import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { listBanks, listLeanxBanks } from '../client.ts';
import { bankPicker } from '../locales/en/bank-picker.ts';
import type { LeanxBanksResponse } from '../protocol/messages.ts';
import { bankPickerStyles } from './bank-picker-styles.ts';
import { keepBeside } from './bank-popup-position.ts';
import { marksIn, searchBanks, type Bank, type BankIndex } from './bank-search.ts';
import { fieldStyles } from './field-styles.ts';
import { describedBy, fieldHint, fieldMessages, optionalMark, type FieldView } from './field-templates.ts';
import { FormControl } from './form-control.ts';
import { chevronIcon, warningIcon } from './icons.ts';
import { localeOf } from './locale-of.ts';
import { tokens } from './styles.ts';
import { translator } from './texts.ts';

const translate = translator('bankPicker', bankPicker);
const MAX_ROWS = 50;
/** Rows drawn while typing: two more than are seen at once. The others are drawn when someone goes there. */
const FIRST_ROWS = 10;
const MAX_RECENT = 5;

/** Ids of the banks chosen last, by list, for as long as the page lives: never stored, for they say whom someone pays. */
const recent = new Map<string, string[]>();

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

/** The events of `<lesspay-bank-picker>` by name. */
export interface LesspayBankPickerEventMap {
  'lesspay-change': LesspayBankChangeEvent;
}

/**
 * A searchable list of the banks that a payout channel can reach now: an ARIA 1.2 combobox, a bottom sheet on narrow
 * screens.
 *
 * @summary A searchable, live list of banks.
 * @tag lesspay-bank-picker
 * @fires {LesspayBankChangeEvent} lesspay-change - The chosen bank is another.
 * @csspart label - The label above the field.
 * @csspart input - The text input.
 * @csspart popup - The box of the list, on narrow screens the sheet.
 * @csspart option - One row of the list.
 * @csspart hint - The help under the field, and what is said there of the list.
 * @csspart error - The message under the field.
 * @cssstate open - The list is shown.
 * @cssstate loading - The list is being fetched.
 * @cssstate failed - The list could not be fetched.
 * @cssstate stale - The list is the last good one.
 * @cssstate disabled - The picker is disabled, by itself or by a fieldset.
 */
export class LesspayBankPicker extends FormControl<LesspayBankPickerEventMap> {
  static override readonly styles = [tokens, fieldStyles, bankPickerStyles];

  static override readonly properties: PropertyDeclarations = {
    source: {},
    country: {},
    currency: {},
    value: { noAccessor: true },
    text: { noAccessor: true, attribute: false },
    readOnly: { type: Boolean, attribute: 'readonly', reflect: true },
    allowOther: { type: Boolean, attribute: 'allow-other', reflect: true },
    hint: {},
    optional: { attribute: false },
    error: { attribute: false },
  };

  /** Which list: `leanx` (Malaysia) or `lesspay` (the supported banks of a country and currency). */
  declare source: 'leanx' | 'lesspay';
  /** ISO 3166-1 alpha-2 of the banks; only for `lesspay`. */
  declare country: string;
  /** ISO 4217 of the payout; only for `lesspay`. */
  declare currency: string;
  /** Shows its bank and takes no other. */
  declare readOnly: boolean;
  /** Lets a name stand that the list does not have; `value` is then that name. */
  declare allowOther: boolean;
  /** A line of help under the field. */
  declare hint: string;
  /** The word after the label of a field that may stay empty. */
  declare optional: string;
  /** A message from outside; `undefined` leaves it to the picker to show its own once the field was left. */
  declare error: string | undefined;

  #value = '';
  #text = '';
  #chosen: Bank | undefined;
  #list: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  #index: BankIndex = { banks: [] };
  #fetchedAt = '';
  #stale = false;
  #drawn = FIRST_ROWS;
  /** Whether the list has to be scrolled to its active row. */
  #moved = false;
  #load: AbortController | undefined;
  #open = false;
  #query = '';
  #active = -1;
  #matches: readonly Bank[] = [];
  #left = false;
  #narrow: MediaQueryList | undefined;
  #release: (() => void) | undefined;

  constructor() {
    super();
    this.source = 'leanx';
    this.country = this.currency = this.hint = this.optional = '';
    this.readOnly = this.allowOther = false;
  }

  /** The chosen bank's id, or the typed name where `allow-other` lets it stand; empty for none. */
  get value(): string {
    return this.#value;
  }

  set value(value: string | number | null | undefined) {
    const next = String(value ?? '');
    if (next === this.#value) return;
    this.#value = next;
    this.#chosen = this.#index.banks.find(({ id }) => id === next);
    this.#text = this.#chosen?.name ?? next;
    this.#changed();
  }

  /** What the field shows: the chosen bank's name, or what was typed. Setting it chooses the bank of that very name. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    if (text === this.#text) return;
    this.#text = text;
    this.#settle(false);
  }

  /** The chosen bank. */
  get bank(): Bank | undefined {
    return this.#chosen;
  }

  /** Whether the list is there, and if not, why. */
  get listState(): 'idle' | 'loading' | 'ready' | 'failed' {
    return this.#list;
  }

  /** Fetches the list again. */
  async reload(): Promise<void> {
    this.#load?.abort();
    const { signal } = (this.#load = new AbortController());
    const { country, currency } = this;
    const leanx = this.source === 'leanx';
    const possible = this.proxy && (leanx || (country && currency));
    this.#setList(possible ? 'loading' : 'idle', []);
    if (!possible) return;
    try {
      const options = { ...this.client, signal };
      const {
        banks,
        fetchedAt = '',
        stale = false,
      } = await (leanx ? listLeanxBanks(options) : listBanks(options, { country, currency }));
      if (signal.aborted) return;
      this.#fetchedAt = fetchedAt;
      this.#setList('ready', banks.map(asBank), stale);
    } catch {
      if (!signal.aborted) this.#setList('failed', []);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#narrow ??= matchMedia('(max-width: 559.98px)');
    this.#narrow.addEventListener('change', this.#onNarrow);
    window.addEventListener('online', this.#onOnline);
    if (this.hasUpdated && this.#list === 'idle') void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow?.removeEventListener('change', this.#onNarrow);
    window.removeEventListener('online', this.#onOnline);
    this.#load?.abort();
    if (this.#list === 'loading') this.#list = 'idle';
    this.#release?.();
    this.#open = false;
  }

  formResetCallback(): void {
    this.#left = false;
    this.#setOpen(false);
    this.text = '';
    this.value = this.getAttribute('value');
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (['proxy', 'source', 'country', 'currency'].some((key) => changed.has(key))) void this.reload();
  }

  protected override firstUpdated(): void {
    // One listener for all rows; the keys that choose a row are the input's.
    this.renderRoot.addEventListener('click', this.#onClick);
    this.renderRoot.addEventListener('scroll', () => this.#draw(MAX_ROWS), { capture: true });
  }

  protected override updated(): void {
    super.updated();
    this.#showList();
    this.setState('open', this.#open);
    this.setState('loading', this.#list === 'loading');
    this.setState('failed', this.#list === 'failed');
    this.setState('stale', this.#stale);
    if (this.#open && this.#moved)
      this.shadowRoot?.getElementById(`option-${this.#active}`)?.scrollIntoView({ block: 'nearest' });
    this.#moved = false;
  }

  protected override render(): TemplateResult {
    const t = translate(this.language);
    const { label, hint, optional } = this;
    const sheet = this.#isSheet;
    const error = this.isDisabled ? '' : (this.error ?? (this.#left ? this.#problem() : ''));
    const note = this.#note();
    const view = { name: 'bank', label, hint, optional, error, value: '' };
    const rows = this.#rows();
    const count = this.#open && this.#list === 'ready' ? this.#matches.length : 0;
    return html`<div class="field">
      ${label ? html`<label class="label" part="label" for="f-bank">${label}${optionalMark(view)}</label>` : nothing}
      <div class="control">
        ${this.#input(sheet ? 'opener' : '', view, note ? 'note' : '')}
        <span class="open">${chevronIcon()}</span>
      </div>
      ${fieldHint(view)}${fieldMessages(view)}${note && html`<p class="hint note" part="hint" id="note">${note}</p>`}
      ${
        sheet
          ? html`<dialog id="popup" class="sheet" part="popup" aria-label=${t('picker.choose')} @close=${this.#onLeft}>
              <div class="sheet-head">
                <div class="control">${this.#open ? this.#input('search', { ...view, error: '' }) : nothing}</div>
                <button type="button" class="close" aria-label=${t('picker.close')} @click=${this.#onLeft}>
                  ${chevronIcon()}
                </button>
              </div>
              ${rows}
            </dialog>`
          : html`<div id="popup" class="popup" part="popup" popover="manual" @mousedown=${keepFocus}>${rows}</div>`
      }
      <div class="visually-hidden" role="status">${count ? t('picker.count', { count }) : ''}</div>
    </div>`;
  }

  /** On a narrow screen the list is a sheet; without a list the field is a plain one there, too. */
  get #isSheet(): boolean {
    return this.#narrow?.matches === true && this.#hasRows;
  }

  get #hasRows(): boolean {
    return this.#list === 'loading' || this.#index.banks.length > 0;
  }

  /** The field; or with `opener` one that only opens the sheet, which has the input to `search` in. */
  #input(kind: '' | 'opener' | 'search', view: FieldView, note = ''): TemplateResult {
    const opener = kind === 'opener';
    const open = this.#open;
    const { label } = this;
    return html`<input
      id=${kind === 'search' ? kind : 'f-bank'}
      class="input ${kind}"
      part="input"
      role="combobox"
      aria-label=${label ? (kind === 'search' ? label : nothing) : this.#ownLabel()}
      aria-autocomplete=${opener ? nothing : 'list'}
      aria-haspopup=${opener ? 'dialog' : 'listbox'}
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls=${opener ? 'popup' : 'list'}
      aria-activedescendant=${open && !opener && this.#active >= 0 ? `option-${this.#active}` : nothing}
      aria-describedby=${describedBy(view, note)}
      aria-invalid=${view.error ? 'true' : nothing}
      aria-required=${this.required ? 'true' : nothing}
      autocomplete="off"
      autocapitalize="off"
      autocorrect="off"
      spellcheck="false"
      .value=${this.#text}
      ?disabled=${this.isDisabled}
      ?readonly=${opener || this.readOnly}
      @input=${this.#onInput}
      @keydown=${opener ? this.#onOpenerKey : this.#onKeydown}
      @click=${() => this.#setOpen(true)}
      @blur=${this.#onBlur}
    />`;
  }

  /** What names the field where it has no label of its own: the page's. */
  #ownLabel(): string {
    const labels = Array.from(this.internals.labels, ({ textContent }) => textContent?.trim());
    return this.ariaLabel ?? (labels.join(' ') || translate(this.language)('picker.label'));
  }

  #rows(): TemplateResult {
    const t = translate(this.language);
    // The sheet of a phone is higher than the list.
    const rows = this.#open ? this.#matches.slice(0, this.#isSheet ? MAX_ROWS : this.#drawn) : [];
    const count = Math.min(this.#matches.length, MAX_ROWS);
    const latest = this.#query ? [] : (recent.get(this.#key) ?? []);
    return html`
      <div role="listbox" class="list" id="list" tabindex="-1" aria-label=${t('picker.list')} ?hidden=${!rows.length}>
        ${rows.map((bank, i) => {
          const facts = [
            bank.code !== bank.name && bank.code,
            latest.includes(bank.id) && t('picker.recent'),
            !bank.active && t('picker.unavailable'),
          ];
          return html`<div
            role="option"
            part="option"
            class="option"
            id="option-${i}"
            data-index=${i}
            aria-setsize=${count}
            aria-posinset=${i + 1}
            aria-selected=${bank.id === this.#chosen?.id ? 'true' : 'false'}
            aria-disabled=${bank.active ? nothing : 'true'}
            ?data-active=${i === this.#active}
          >
            <span class="name"><bdi>${marked(bank.name, this.#query)}</bdi></span>
            <span class="code">${facts.filter(Boolean).join(' · ')}</span>
          </div>`;
        })}
      </div>
      ${this.#open ? this.#foot(rows.length, this.#matches.length - count) : nothing}
    `;
  }

  #foot(shown: number, more: number): unknown {
    const t = translate(this.language);
    if (this.#list === 'loading') {
      return html`<p class="foot" role="status">${t('picker.loading')}</p>
        <div class="skeleton"></div>`;
    }
    const other = this.allowOther ? 'picker.none.other' : 'picker.none';
    const lines = shown ? [] : [t(other, { query: this.#text.trim() })];
    if (more > 0) lines.push(t('picker.more', { count: more }));
    if (this.#stale) lines.push(t('picker.stale', { age: age(this.#fetchedAt, this.language) }));
    return lines.map((line) => html`<p class="foot" role="status">${line}</p>`);
  }

  /** What stands under the field when the list is not to be had. */
  #note(): TemplateResult | '' {
    const t = translate(this.language);
    const failed = this.#list === 'failed';
    if (!failed && (this.#list !== 'ready' || this.#index.banks.length > 0 || this.allowOther)) return '';
    const kind = navigator.onLine ? 'picker.failed' : 'picker.offline';
    const text = !failed ? 'picker.empty' : this.allowOther ? (`${kind}.other` as const) : kind;
    return html`${warningIcon()}<span
        >${t(text)}
        <button type="button" class="link" ?disabled=${this.isDisabled} @click=${() => void this.reload()}>
          ${t('picker.retry')}
        </button></span
      >`;
  }

  #problem(): string {
    const t = translate(this.language);
    const known = this.allowOther || this.#list !== 'ready' || this.#chosen?.active;
    if (this.#value !== '' ? !known : this.#text.trim() !== '') return t('picker.unknown');
    return this.required && this.#value === '' ? t('picker.required') : '';
  }

  protected override sync(): void {
    const problem = this.#problem();
    this.setValid(problem ? (this.#text.trim() ? 'customError' : 'valueMissing') : undefined, problem, 'f-bank');
    this.internals.setFormValue(this.#value || null);
  }

  protected override complain(): void {
    this.#left = true;
    this.requestUpdate();
  }

  #changed(): void {
    this.sync();
    this.requestUpdate();
  }

  #setList(state: typeof this.listState, banks: readonly Bank[], stale = false): void {
    this.#list = state;
    this.#index = { banks };
    this.#stale = stale;
    if (state === 'loading') this.#chosen = undefined;
    // A value or a text that came before the list finds its bank now.
    this.#chosen ??= banks.find(({ id }) => id === this.#value);
    if (this.#chosen) this.#text = this.#chosen.name;
    else if (this.allowOther && !this.#open) this.#settle();
    if (this.#open) this.#find();
    this.#changed();
  }

  /** Ties the typed text to a bank, where it names exactly one that can be chosen. */
  #settle(tell = true): void {
    const text = this.#text.trim();
    let bank = this.#chosen;
    if (bank?.name !== text) {
      const named = this.#index.banks.filter(
        ({ active, name, id, code }) =>
          active && [name, id, code].some((own) => own.toUpperCase() === text.toUpperCase()),
      );
      bank = named.length === 1 ? named[0] : undefined;
    }
    this.#set(bank, text, tell);
  }

  #set(bank: Bank | undefined, text: string, tell = true): void {
    const value = bank?.id ?? (this.allowOther ? text.trim() : '');
    const changed = value !== this.#value || bank?.id !== this.#chosen?.id;
    this.#chosen = bank;
    this.#text = bank?.name ?? text;
    this.#value = value;
    this.#changed();
    if (changed && tell) this.dispatchEvent(new LesspayBankChangeEvent(bank, value));
  }

  #search(): void {
    this.#matches = searchBanks(this.#index, this.#query);
    // A list that was scrolled goes back to its beginning.
    this.#moved = this.#drawn > FIRST_ROWS;
    this.#drawn = FIRST_ROWS;
    const latest = this.#query ? undefined : recent.get(this.#key);
    if (!latest) return;
    const place = ({ id, active }: Bank) => (active && latest.includes(id) ? latest.indexOf(id) : MAX_RECENT);
    this.#matches = [...this.#matches].sort((a, b) => place(a) - place(b));
  }

  /** Which list it is, for what was chosen from it. */
  get #key(): string {
    return [this.proxy, this.source, this.country, this.currency].join();
  }

  #draw(rows: number): void {
    if (rows <= this.#drawn) return;
    this.#drawn = MAX_ROWS;
    this.requestUpdate();
  }

  get #lastRow(): number {
    return Math.min(this.#matches.length, MAX_ROWS) - 1;
  }

  #setOpen(open: boolean): void {
    if (open === this.#open) return;
    if (open && (this.isDisabled || this.readOnly || !this.#hasRows)) return;
    this.#open = open;
    this.#query = '';
    this.#active = -1;
    if (open) {
      this.#search();
      this.#active = this.#matches.slice(0, MAX_ROWS).findIndex(({ id }) => id === this.#chosen?.id);
      this.#draw(this.#active + 1);
      this.#moved = true;
    }
    this.requestUpdate();
  }

  #showList(): void {
    const popup = this.shadowRoot?.getElementById('popup');
    if (popup instanceof HTMLDialogElement) {
      if (this.#open && !popup.open) {
        popup.showModal();
        this.shadowRoot?.getElementById('search')?.focus();
      } else if (!this.#open) popup.close();
    } else if (popup && this.#open !== popup.matches(':popover-open')) {
      popup.togglePopover(this.#open);
      this.#release?.();
      const control = this.shadowRoot?.querySelector('.control');
      this.#release = this.#open && control ? keepBeside(control, popup) : undefined;
    }
  }

  /** What could not be fetched without a network is fetched now. */
  #onOnline = (): void => {
    if (this.#list === 'failed') void this.reload();
  };

  #onNarrow = (): void => {
    this.#setOpen(false);
    this.requestUpdate();
  };

  #onInput(event: Event): void {
    this.#set(undefined, (event.target as HTMLInputElement).value);
    this.#setOpen(true);
    this.#query = this.#text;
    this.#find();
  }

  /** Looks for what was typed, be it before the list came or after. */
  #find(): void {
    this.#search();
    // The likeliest bank is at hand for Enter; a free name must not be overwritten by it.
    this.#active = !this.allowOther && this.#query.trim() !== '' && this.#matches[0]?.active ? 0 : -1;
    if (this.allowOther && this.#list !== 'loading' && this.#matches.length === 0) this.#setOpen(false);
  }

  #onOpenerKey(event: KeyboardEvent): void {
    if (!['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    this.#setOpen(true);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.isComposing || this.readOnly) return;
    const { key } = event;
    const open = this.#open;
    const active = this.#active;
    let to: number | undefined;
    const down = key === 'ArrowDown';
    if (down || key === 'ArrowUp') {
      if (!open) this.#setOpen(true);
      const last = this.#lastRow;
      if (!open && (this.#active >= 0 || event.altKey)) to = this.#active;
      else if (open && event.altKey && !down) this.#setOpen(false);
      else to = down ? (active >= last ? 0 : active + 1) : active <= 0 ? last : active - 1;
    } else if (!open) return;
    else if (active >= 0 && (key === 'Home' || key === 'End')) to = key === 'Home' ? 0 : this.#lastRow;
    else if (key === 'Tab') {
      // Leaving takes a row that the arrows went to, or the only one left; never the first of several.
      if (active > 0 || this.#matches.length === 1 || this.#query === '') this.#take(active);
      return;
    } else if (key === 'Enter') {
      event.stopPropagation();
      this.#take(active);
    } else if (key === 'Escape') {
      event.stopPropagation();
      this.#setOpen(false);
    } else return;
    event.preventDefault();
    if (to !== undefined) this.#active = Math.min(to, this.#lastRow);
    this.#moved = true;
    this.#draw(this.#active + 1);
    this.requestUpdate();
  }

  #take(row: number): void {
    const bank = this.#matches[row];
    if (bank && !bank.active) return;
    if (bank) {
      const before = recent.get(this.#key) ?? [];
      recent.set(this.#key, [bank.id, ...before.filter((id) => id !== bank.id)].slice(0, MAX_RECENT));
      this.#set(bank, '');
    } else this.#settle();
    this.#setOpen(false);
  }

  #onClick = (event: Event): void => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-index]')?.dataset.index;
    if (row !== undefined) this.#take(Number(row));
    // A press on the dialog itself, not on what it holds, is one on its backdrop.
    else if (target.matches('dialog')) this.#onLeft();
  };

  #onBlur(): void {
    // The sheet's opener loses the focus to the sheet, and its search to the rows.
    if (!this.#isSheet) this.#onLeft();
  }

  #onLeft(): void {
    this.#settle();
    this.#setOpen(false);
    if (this.#text.trim() !== '') this.#left = true;
  }
}

/** A bank as the picker shows it, of either list. */
function asBank(
  bank: LeanxBanksResponse['banks'][number] | { code: string; name: string; reference?: undefined },
): Bank {
  const { name, reference } = bank;
  if (reference === undefined) return { id: bank.code, name, code: bank.code, active: true };
  // LeanX has no code for people; its reference carries the short name: PAYOUT_MBSB_BANK_WEBPAY.
  const code = reference.replace(/^PAYOUT_|_WEBPAY$/g, '').replaceAll('_', ' ');
  return { id: String(bank.id), name, code, active: bank.active };
}

/** Rows are pressed with the focus left in the input, as the pattern asks. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** The name with its matched letters in bold; text bindings only. */
function marked(name: string, query: string): unknown[] {
  let at = 0;
  const parts = marksIn(name, query).map(([start, end]) => {
    const before = name.slice(at, start);
    at = end;
    return html`${before}<b>${name.slice(start, end)}</b>`;
  });
  return [parts, name.slice(at)];
}

/** "3 hours ago" in the page's language. */
function age(since: string, lang: string): string {
  const hours = Math.round((Date.now() - Date.parse(since)) / 3_600_000) || 0;
  return new Intl.RelativeTimeFormat(localeOf(lang)).format(-hours, 'hour');
}

declare global {
  interface HTMLElementTagNameMap {
    'lesspay-bank-picker': LesspayBankPicker;
  }
}
