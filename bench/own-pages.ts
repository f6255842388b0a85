import type { BenchPage } from './bench-pages.ts';

/** What a page of ours or of a peer shows. */
export type Shows = 'button' | 'form' | 'status';

/** A page that is compared: of what, by whom. */
export interface ComparedPage extends BenchPage {
  shows: Shows;
  /** Its line in the report. */
  name: string;
  shown: string;
  note?: string;
}

/** Every field that a recipient form shows for a bank account, from the choice of the way to the account number. */
const OWN_FORM = `(() => {
  const root = document.querySelector('lesspay-recipient-form').shadowRoot;
  return root && root.querySelectorAll('input[type=radio]').length === 5 && root.querySelectorAll('select').length === 2
    && root.querySelectorAll('input:not([type=radio])').length === 4 && root.querySelector('input').offsetHeight > 0;
})()`;

/** Our pages: the one-file builds, as they are published. */
export const OWN_PAGES: readonly ComparedPage[] = [
  {
    id: 'own-button',
    shows: 'button',
    name: '`<lesspay-checkout>`',
    oneFile: 'lesspay-checkout',
    markup: '<lesspay-checkout order="B-1" amount="1250.00" currency="PHP"></lesspay-checkout>',
    shown: `document.querySelector('lesspay-checkout').shadowRoot?.querySelector('button')?.offsetHeight > 0`,
  },
  {
    id: 'own-form',
    shows: 'form',
    name: '`<lesspay-recipient-form>`',
    oneFile: 'lesspay-recipient-form',
    markup: '<lesspay-recipient-form></lesspay-recipient-form>',
    shown: OWN_FORM,
  },
  {
    id: 'own-form-banks',
    shows: 'form',
    name: '`<lesspay-recipient-form>`, its bank picker and 60 banks',
    oneFile: 'lesspay-recipient-form',
    markup: '<lesspay-recipient-form country="PH" currency="PHP"></lesspay-recipient-form>',
    shown: `document.querySelector('lesspay-recipient-form').shadowRoot?.querySelector('lesspay-bank-picker')?.listState === 'ready'`,
    note: 'the list of banks is counted',
  },
  {
    id: 'own-status',
    shows: 'status',
    name: '`<lesspay-payment-status>`',
    oneFile: 'lesspay-payment-status',
    markup: '<lesspay-payment-status request-id="LP0001"></lesspay-payment-status>',
    shown: `document.querySelector('lesspay-payment-status').shadowRoot?.firstElementChild?.offsetHeight > 0`,
  },
];

/** The same button and fields written in Lit with nothing else: what can be had at all. */
export const BARE_PAGES: readonly ComparedPage[] = [
  {
    id: 'bare-button',
    shows: 'button',
    name: 'a bare Lit button',
    markup: '<bare-button></bare-button>',
    script: `
      import { css, html, LitElement } from 'lit';
      class BareButton extends LitElement {
        static styles = css\`button { font: inherit; padding: 0 20px; min-height: 44px; border: 0; border-radius: 8px; color: #fff; background: #1a56c4 }\`;
        render() { return html\`<button part="button" @click=\${() => this.requestUpdate()}>Pay ₱1,250.00</button>\`; }
      }
      customElements.define('bare-button', BareButton);`,
    shown: `document.querySelector('bare-button').shadowRoot?.querySelector('button')?.offsetHeight > 0`,
  },
  {
    id: 'bare-form',
    shows: 'form',
    name: 'a bare Lit form',
    markup: '<bare-form></bare-form>',
    script: `
      import { css, html, LitElement } from 'lit';
      const radios = (name, legend, ...texts) => html\`<fieldset><legend>\${legend}</legend>\${texts.map((text, i) => html\`<label><input type="radio" name=\${name} ?checked=\${i === 0}>\${text}</label>\`)}</fieldset>\`;
      const select = (label, ...texts) => html\`<label>\${label}<select>\${texts.map((text) => html\`<option>\${text}</option>\`)}</select></label>\`;
      const field = (label, hint) => html\`<label>\${label}<input><small>\${hint}</small></label>\`;
      class BareForm extends LitElement {
        static styles = css\`label { display: block } input, select { font: inherit; min-height: 44px; border: 1px solid #777; border-radius: 8px }\`;
        render() {
          return html\`\${radios('method', 'Send to', 'Bank account', 'E-wallet', 'Malaysian bank')}
            \${select('Country', 'Philippines', 'Indonesia', 'Malaysia', 'Thailand', 'Viet Nam')}
            \${select('Currency', 'PHP', 'IDR', 'MYR', 'THB', 'VND')}
            \${radios('type', 'Account type', 'Individual', 'Business')}
            \${field('Account holder', 'As written on the account')}\${field('Bank', '')}
            \${field('SWIFT / BIC', '8 or 11 characters')}\${field('Account number', 'With or without spaces')}\`;
        }
      }
      customElements.define('bare-form', BareForm);`,
    shown: `document.querySelector('bare-form').shadowRoot?.querySelector('input')?.offsetHeight > 0`,
  },
];
