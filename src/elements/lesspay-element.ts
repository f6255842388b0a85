import { LitElement } from 'lit';
import { languageOf, onLocaleChange } from './texts.ts';

const connected = new Set<LesspayElement>();
let watch: MutationObserver | undefined;

/** What all elements share: the language of their place on the page, and custom states for `:state()`. */
export abstract class LesspayElement extends LitElement {
  protected readonly internals = this.attachInternals();
  #stopTexts: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    connected.add(this);
    this.#stopTexts = onLocaleChange(() => this.requestUpdate());
    // One observer for all elements. A `lang` changed inside another shadow root is not seen until the next update.
    watch ??= new MutationObserver(() => connected.forEach((element) => element.requestUpdate()));
    watch.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    // The element may have been moved to a place with another language.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connected.delete(this);
    this.#stopTexts?.();
    if (connected.size === 0) watch?.disconnect();
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
