import { LitElement } from 'lit';
import { languageOf, page } from './texts.ts';

let watch: MutationObserver | undefined;

/** Listening, with the types of the element's own events. */
export interface LesspayElement<Events extends object = object> {
  addEventListener<Name extends keyof Events & string>(
    type: Name,
    listener: (this: this, event: Events[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: this, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof Events & string>(
    type: Name,
    listener: (this: this, event: Events[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: this, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/**
 * What all elements share: the language of their place on the page, and custom states for `:state()`. `Events` are the
 * element's own events by name.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-unused-vars -- the interface has the types of inherited methods: nothing to initialise, and `Events` is for them
export abstract class LesspayElement<Events extends object = object> extends LitElement {
  protected readonly internals = this.attachInternals();

  override connectedCallback(): void {
    super.connectedCallback();
    page.elements.add(this);
    // One observer for all elements. A `lang` changed inside another shadow root is not seen until the next update.
    watch ??= new MutationObserver(() => page.elements.forEach((element) => element.requestUpdate()));
    watch.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    // The element may have been moved to a place with another language.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    page.elements.delete(this);
    if (page.elements.size === 0) watch?.disconnect();
  }

  /** The BCP 47 tag of the nearest `lang`. */
  protected get language(): string {
    return languageOf(this);
  }

  /** Turns `:state(name)` on or off. */
  protected setState(name: string, on: boolean): void {
    try {
      this.internals.states[on ? 'add' : 'delete'](name);
    } catch {
      // Chromium before 125 takes only dashed names and Firefox before 126 has no states: a style is lost, not a payment.
    }
  }
}
