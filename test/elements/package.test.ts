import { expect } from '@open-wc/testing';
import * as elements from 'lesspay-elements';
import 'lesspay-elements/define';
import { en, type PluralForms } from 'lesspay-elements/locales/en';

/** Each tag with the class that the package exports for it. */
const TAGS = [
  ['lesspay-bank-picker', elements.LesspayBankPicker],
  ['lesspay-checkout', elements.LesspayCheckout],
  ['lesspay-payment-status', elements.LesspayPaymentStatus],
  ['lesspay-recipient-form', elements.LesspayRecipientForm],
] as const;

describe('the package', () => {
  it('registers every element, each under its own tag', () => {
    for (const [tag, element] of TAGS) expect(customElements.get(tag) === element, tag).to.equal(true);
  });

  it('leaves a second copy on the page in peace', async () => {
    for (const [tag] of TAGS) {
      const before = customElements.get(tag);
      // Another address is another module to the browser: the classes are new, the registry is not.
      await import(`/src/define/${tag}.ts?second-copy`);
      elements.defineElement(tag, class extends HTMLElement {});
      expect(customElements.get(tag) === before, tag).to.equal(true);
    }
  });

  it('makes elements by createElement, without attributes of their own', () => {
    for (const [tag, element] of TAGS) {
      const made = document.createElement(tag);
      expect(made instanceof element, tag).to.equal(true);
      expect(made.attributes, tag).to.have.length(0);
    }
  });

  it('has English words for every key, and no placeholder that no one fills', () => {
    const placeholders = new Set<string>();
    for (const [part, texts] of Object.entries(en)) {
      for (const [key, forms] of Object.entries<string | PluralForms>(texts)) {
        for (const text of typeof forms === 'string' ? [forms] : Object.values(forms)) {
          expect(text.trim() === text && text !== '', `${part} ${key}`).to.equal(true);
          for (const [, name] of text.matchAll(/\{([^}]*)\}/g)) placeholders.add(name ?? '');
        }
      }
    }
    for (const name of placeholders) expect(name).to.match(/^[a-z][A-Za-z]*$/);
  });
});
