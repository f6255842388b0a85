import { LitElement, type PropertyDeclarations } from 'lit';
import type { ClientOptions } from '../client.ts';
import { LesspayElement } from './lesspay-element.ts';

/**
 * An element that takes part in forms as a native control does, and asks the proxy for what it needs.
 *
 * @attr {string} name - Name of the form entry.
 */
export abstract class FormControl<Events extends object = object> extends LesspayElement<Events> {
  /** Takes part in forms. */
  static readonly formAssociated = true;
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  static override properties: PropertyDeclarations = {
    proxy: {},
    label: {},
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    fetch: { attribute: false },
    allowedProxyOrigins: { attribute: false },
  };

  /** The base path of the signing proxy; empty for none. */
  declare proxy: string;
  /** The visible or, for a form, the spoken label. */
  declare label: string;
  /** Has to be filled in before the form can be sent. */
  declare required: boolean;
  /** Takes no input and no part in the form. */
  declare disabled: boolean;
  /** Used instead of the page's `fetch`. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** Other origins on which the proxy may be. */
  declare allowedProxyOrigins: readonly string[] | undefined;

  #formDisabled = false;
  #quiet = false;
  #said: readonly unknown[] = [];

  constructor() {
    super();
    this.proxy = '/lesspay';
    this.label = '';
    this.required = this.disabled = false;
    // A submit of the page's form or a report says at the fields what is wrong; a mere check shows nothing.
    this.addEventListener('invalid', () => {
      if (!this.#quiet) this.complain();
    });
  }

  /** Name of the form entry. */
  get name(): string {
    return this.getAttribute('name') ?? '';
  }

  set name(name: string) {
    this.setAttribute('name', name);
  }

  /** The form this control belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** What is wrong, as flags. */
  get validity(): ValidityState {
    this.sync();
    return this.internals.validity;
  }

  /** What is wrong, in the user's language. */
  get validationMessage(): string {
    this.sync();
    return this.internals.validationMessage;
  }

  /** Whether the form asks this control at all. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** Whether the value is acceptable; shows nothing. */
  checkValidity(): boolean {
    this.sync();
    this.#quiet = true;
    const valid = this.internals.checkValidity();
    this.#quiet = false;
    return valid;
  }

  /** Whether the value is acceptable; if not, says why at the field. */
  reportValidity(): boolean {
    this.sync();
    return this.internals.reportValidity();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.requestUpdate();
  }

  protected override updated(): void {
    this.sync();
    this.setState('disabled', this.isDisabled);
  }

  /** Disabled by itself or by a fieldset. */
  protected get isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  protected get client(): ClientOptions {
    return { proxy: this.proxy, fetch: this.fetch, allowedProxyOrigins: this.allowedProxyOrigins };
  }

  /** Gives the form this control's value and validity as they are now. */
  protected abstract sync(): void;

  /** Shows what is wrong. */
  protected abstract complain(): void;

  /** Sets the validity, with the field that is wrong as the place of the browser's message. */
  protected setValid(flag?: 'valueMissing' | 'customError', message?: string, fieldId = ''): void {
    const anchor = this.shadowRoot?.getElementById(fieldId) ?? undefined;
    const [lastFlag, lastMessage, lastAnchor] = this.#said;
    // Telling the browser the same once more costs as much as telling it something new.
    if (flag === lastFlag && message === lastMessage && anchor === lastAnchor) return;
    this.#said = [flag, message, anchor];
    this.internals.setValidity(flag ? { [flag]: true } : {}, message, anchor);
  }
}
