import type { ComparedPage } from './own-pages.ts';

/** A page of a peer. */
export interface PeerPage extends ComparedPage {
  packages: readonly string[];
  /** The most that our time from script start to rendered may be of this peer's. */
  atMost?: number;
  /** Why it cannot be shown without the vendor's servers: then only what is published is counted. */
  remote?: string;
}

const LABEL = 'Pay ₱1,250.00';

/** Every one of these elements has drawn the control inside it. */
const drawn = (controls: Readonly<Record<string, string>>): string =>
  Object.entries(controls)
    .map(
      ([tag, control]) =>
        `[...document.querySelectorAll('${tag}')].every((one) => (one.shadowRoot?.querySelector('${control}') ?? one.querySelector('${control}'))?.offsetHeight > 0)`,
    )
    .join(' && ');

type Choice = (value: string, text: string) => string;

/** The fields of our form for a bank account, in a peer's elements. The bank's name is typed, as in ours without a list. */
function fields(design: {
  radios: (label: string, name: string, radios: readonly (readonly [string, string])[]) => string;
  select: (label: string, options: readonly (readonly [string, string])[]) => string;
  text: (label: string, hint: string) => string;
}): string {
  const { radios, select, text } = design;
  return [
    radios('Send to', 'method', [
      ['bank', 'Bank account'],
      ['ewallet', 'E-wallet'],
      ['leanx', 'Malaysian bank'],
    ]),
    select('Country', [
      ['PH', 'Philippines'],
      ['ID', 'Indonesia'],
      ['MY', 'Malaysia'],
      ['TH', 'Thailand'],
      ['VN', 'Viet Nam'],
    ]),
    select('Currency', [
      ['PHP', 'Philippine Peso'],
      ['IDR', 'Indonesian Rupiah'],
      ['MYR', 'Malaysian Ringgit'],
      ['THB', 'Thai Baht'],
      ['VND', 'Vietnamese Dong'],
    ]),
    radios('Account type', 'type', [
      ['individual', 'Individual'],
      ['business', 'Business'],
    ]),
    text('Account holder', 'As written on the account'),
    text('Bank', ''),
    text('SWIFT / BIC', '8 or 11 characters'),
    text('Account number', 'With or without spaces'),
  ].join('');
}

const each = (pairs: readonly (readonly [string, string])[], one: Choice): string =>
  pairs.map(([value, text]) => one(value, text)).join('');
const first = (pairs: readonly (readonly [string, string])[]): string => pairs[0]?.[0] ?? '';

const imports = (...files: string[]): string => files.map((file) => `import '${file}';`).join('\n');

const SHOELACE = '@shoelace-style/shoelace/dist';
const WEB_AWESOME = '@awesome.me/webawesome/dist';

const ADYEN = `
  import '@adyen/adyen-web/styles/adyen.css';
  const checkout = await AdyenCheckout({
    environment: 'test', clientKey: 'test_BENCHBENCHBENCHBENCHBENCHBENCHBE', locale: 'en-US', countryCode: 'PH',
    amount: { value: 125000, currency: 'PHP' }, analytics: { enabled: false }, onSubmit() {},
  });`;

/** What the payment vendors and the design systems show for a checkout button and for a recipient's fields. */
export const PEER_PAGES: readonly PeerPage[] = [
  {
    id: 'shoelace-button',
    shows: 'button',
    name: 'Shoelace',
    packages: ['@shoelace-style/shoelace'],
    markup: `<sl-button variant="primary">${LABEL}</sl-button>`,
    script: imports(`${SHOELACE}/themes/light.css`, `${SHOELACE}/components/button/button.js`),
    shown: drawn({ 'sl-button': 'button' }),
    atMost: 0.75,
  },
  {
    id: 'webawesome-button',
    shows: 'button',
    name: 'Web Awesome',
    packages: ['@awesome.me/webawesome'],
    markup: `<wa-button variant="brand">${LABEL}</wa-button>`,
    script: imports(`${WEB_AWESOME}/styles/themes/default.css`, `${WEB_AWESOME}/components/button/button.js`),
    shown: drawn({ 'wa-button': 'button' }),
    atMost: 0.75,
  },
  {
    id: 'material-button',
    shows: 'button',
    name: 'Material Web',
    packages: ['@material/web'],
    markup: `<md-filled-button>${LABEL}</md-filled-button>`,
    script: imports('@material/web/button/filled-button.js'),
    shown: drawn({ 'md-filled-button': 'button' }),
    atMost: 0.75,
  },
  {
    id: 'vaadin-button',
    shows: 'button',
    name: 'Vaadin',
    packages: ['@vaadin/button'],
    markup: `<vaadin-button theme="primary">${LABEL}</vaadin-button>`,
    script: imports('@vaadin/button'),
    shown: `document.querySelector('vaadin-button').shadowRoot?.firstElementChild && document.querySelector('vaadin-button').offsetHeight > 0`,
  },
  {
    id: 'adyen-button',
    shows: 'button',
    name: 'Adyen, redirect',
    packages: ['@adyen/adyen-web'],
    markup: '<div id="pay"></div>',
    script: `import { AdyenCheckout, Redirect } from '@adyen/adyen-web';${ADYEN}
      new Redirect(checkout, { type: 'gcash', name: 'GCash', showPayButton: true }).mount('#pay');`,
    shown: `document.querySelector('#pay button')?.offsetHeight > 0`,
  },
  {
    id: 'xendit-button',
    shows: 'button',
    name: 'Xendit, channel picker',
    packages: ['xendit-components-web'],
    markup: '<div id="pay"></div>',
    script: `import { XenditComponentsTest } from 'xendit-components-web';
      const components = new XenditComponentsTest({});
      document.querySelector('#pay').append(components.createChannelPickerComponent());`,
    shown: `document.querySelector('#pay').querySelector('button,input')?.offsetHeight > 0`,
    note: 'with the test session inside the package',
  },
  {
    id: 'primer-button',
    shows: 'button',
    name: 'Primer',
    packages: ['@primer-io/primer-js'],
    markup: '<primer-checkout client-token="bench"></primer-checkout>',
    script: `import { loadPrimer } from '@primer-io/primer-js';\nloadPrimer();`,
    shown: 'false',
    remote: 'It shows nothing without a client session, which is made on Primer’s servers.',
  },
  {
    id: 'google-pay-button',
    shows: 'button',
    name: 'Google Pay',
    packages: ['@google-pay/button-element'],
    markup: '<google-pay-button environment="TEST" button-type="pay"></google-pay-button>',
    script: `import '@google-pay/button-element';
      document.querySelector('google-pay-button').paymentRequest = {
        apiVersion: 2, apiVersionMinor: 0,
        allowedPaymentMethods: [{ type: 'CARD',
          parameters: { allowedAuthMethods: ['PAN_ONLY'], allowedCardNetworks: ['VISA'] },
          tokenizationSpecification: { type: 'PAYMENT_GATEWAY', parameters: { gateway: 'example', gatewayMerchantId: 'bench' } } }],
        merchantInfo: { merchantId: '12345678901234567890', merchantName: 'Bench' },
        transactionInfo: { totalPriceStatus: 'FINAL', totalPrice: '1250.00', currencyCode: 'PHP', countryCode: 'PH' },
      };`,
    shown: 'false',
    remote: 'The button itself is drawn by pay.js, which is loaded from pay.google.com and not published.',
  },
  {
    id: 'shoelace-form',
    shows: 'form',
    name: 'Shoelace',
    packages: ['@shoelace-style/shoelace'],
    markup: fields({
      radios: (label, name, radios) =>
        `<sl-radio-group label="${label}" name="${name}" value="${first(radios)}">${each(radios, (value, text) => `<sl-radio value="${value}">${text}</sl-radio>`)}</sl-radio-group>`,
      select: (label, options) =>
        `<sl-select label="${label}" value="${first(options)}">${each(options, (value, text) => `<sl-option value="${value}">${text}</sl-option>`)}</sl-select>`,
      text: (label, hint) => `<sl-input label="${label}" help-text="${hint}"></sl-input>`,
    }),
    script: imports(
      `${SHOELACE}/themes/light.css`,
      ...['input', 'select', 'option', 'radio-group', 'radio'].map((tag) => `${SHOELACE}/components/${tag}/${tag}.js`),
    ),
    shown: drawn({ 'sl-input': 'input', 'sl-select': 'input', 'sl-radio': '.radio', 'sl-radio-group': 'fieldset' }),
    atMost: 0.5,
  },
  {
    id: 'webawesome-form',
    shows: 'form',
    name: 'Web Awesome',
    packages: ['@awesome.me/webawesome'],
    markup: fields({
      radios: (label, name, radios) =>
        `<wa-radio-group label="${label}" name="${name}" value="${first(radios)}">${each(radios, (value, text) => `<wa-radio value="${value}">${text}</wa-radio>`)}</wa-radio-group>`,
      select: (label, options) =>
        `<wa-select label="${label}" value="${first(options)}">${each(options, (value, text) => `<wa-option value="${value}">${text}</wa-option>`)}</wa-select>`,
      text: (label, hint) => `<wa-input label="${label}" hint="${hint}"></wa-input>`,
    }),
    script: imports(
      `${WEB_AWESOME}/styles/themes/default.css`,
      ...['input', 'select', 'option', 'radio-group', 'radio'].map(
        (tag) => `${WEB_AWESOME}/components/${tag}/${tag}.js`,
      ),
    ),
    shown: drawn({ 'wa-input': 'input', 'wa-select': 'input', 'wa-radio': 'span', 'wa-radio-group': 'label' }),
    atMost: 0.5,
  },
  {
    id: 'material-form',
    shows: 'form',
    name: 'Material Web',
    packages: ['@material/web'],
    markup: fields({
      radios: (label, name, radios) =>
        `<fieldset><legend>${label}</legend>${each(radios, (value, text) => `<label><md-radio name="${name}" value="${value}"${value === first(radios) ? ' checked' : ''}></md-radio>${text}</label>`)}</fieldset>`,
      select: (label, options) =>
        `<md-outlined-select label="${label}">${each(options, (value, text) => `<md-select-option value="${value}"${value === first(options) ? ' selected' : ''}><div slot="headline">${text}</div></md-select-option>`)}</md-outlined-select>`,
      text: (label, hint) =>
        `<md-outlined-text-field label="${label}" supporting-text="${hint}"></md-outlined-text-field>`,
    }),
    script: imports(
      '@material/web/textfield/outlined-text-field.js',
      '@material/web/select/outlined-select.js',
      '@material/web/select/select-option.js',
      '@material/web/radio/radio.js',
    ),
    shown: drawn({
      'md-outlined-text-field': 'input',
      'md-outlined-select': '[role=combobox]',
      'md-radio': '.container',
    }),
    atMost: 0.35,
  },
  {
    id: 'vaadin-form',
    shows: 'form',
    name: 'Vaadin',
    packages: ['@vaadin/text-field', '@vaadin/select', '@vaadin/radio-group'],
    markup: fields({
      radios: (label, _name, radios) =>
        `<vaadin-radio-group label="${label}" value="${first(radios)}">${each(radios, (value, text) => `<vaadin-radio-button value="${value}" label="${text}"></vaadin-radio-button>`)}</vaadin-radio-group>`,
      select: (label, options) =>
        `<vaadin-select label="${label}" data-options='${JSON.stringify(options.map(([value, text]) => ({ value, label: text })))}'></vaadin-select>`,
      text: (label, hint) => `<vaadin-text-field label="${label}" helper-text="${hint}"></vaadin-text-field>`,
    }),
    script: `${imports('@vaadin/text-field', '@vaadin/select', '@vaadin/radio-group')}
      for (const select of document.querySelectorAll('vaadin-select')) {
        select.items = JSON.parse(select.dataset.options);
        select.value = select.items[0].value;
      }`,
    shown: drawn({
      'vaadin-text-field': 'input',
      'vaadin-select': 'vaadin-select-value-button',
      'vaadin-radio-button': 'input',
    }),
    atMost: 0.35,
  },
  {
    id: 'adyen-form',
    shows: 'form',
    name: 'Adyen, SEPA form',
    packages: ['@adyen/adyen-web'],
    markup: '<div id="pay"></div>',
    script: `import { AdyenCheckout, SepaDirectDebit } from '@adyen/adyen-web';${ADYEN}
      new SepaDirectDebit(checkout, { showPayButton: false }).mount('#pay');`,
    shown: `document.querySelectorAll('#pay input').length >= 2 && document.querySelector('#pay input').offsetHeight > 0`,
    note: 'two fields: the holder’s name and the IBAN',
  },
];
