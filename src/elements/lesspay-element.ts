import { LitElement } from 'lit';
import { languageOf, page } from './texts.ts';

let watch: MutationObserver | undefined;

/** What all elements share: the language of their place on the page, and custom states for `:state()`. */
export abstract class LesspayElement extends LitElement {
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
