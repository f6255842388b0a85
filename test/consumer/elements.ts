import type {
  LesspayBankChangeEvent,
  LesspayBankPicker,
  LesspayBatchSubmittedEvent,
  LesspayBatchUpdateEvent,
  LesspayCheckout,
  LesspayErrorEvent,
  LesspayPaymentStatus,
  LesspayPayoutBatch,
  LesspayPayoutSettledEvent,
  LesspayPayoutStatus,
  LesspayPayoutStatusEvent,
  LesspayRecipientChangeEvent,
  LesspayRecipientForm,
  LesspayRedirectEvent,
  LesspaySettledEvent,
  LesspayStatusEvent,
  LesspaySubmittedEvent,
  NameCheckPolicy,
} from 'lesspay-elements';

type FormControlName = 'proxy' | 'label' | 'required' | 'disabled' | 'fetch' | 'allowedProxyOrigins' | 'name';
interface FormControlAttributes {
  proxy: string;
  label: string;
  required: '';
  disabled: '';
  name: string;
}

/**
 * What a user knows of each element, whatever declares it to his framework: its events, the properties that he may set, the
 * attributes that are spelled otherwise than their property, and all attributes with the text that they hold.
 */
export interface Elements {
  'lesspay-bank-picker': {
    element: LesspayBankPicker;
    events: { 'lesspay-change': LesspayBankChangeEvent };
    properties:
      | FormControlName
      | 'source'
      | 'country'
      | 'currency'
      | 'readOnly'
      | 'allowOther'
      | 'hint'
      | 'optional'
      | 'error'
      | 'value'
      | 'text';
    respelled: { readonly: 'readOnly'; 'allow-other': 'allowOther' };
    attributes: FormControlAttributes & {
      source: 'leanx' | 'lesspay';
      country: string;
      currency: string;
      value: string;
      readonly: '';
      'allow-other': '';
      hint: string;
    };
  };
  'lesspay-checkout': {
    element: LesspayCheckout;
    events: { 'lesspay-redirect': LesspayRedirectEvent; 'lesspay-error': LesspayErrorEvent };
    properties:
      'proxy' | 'order' | 'amount' | 'currency' | 'target' | 'disabled' | 'checkoutHosts' | 'allowedProxyOrigins';
    respelled: { 'checkout-hosts': 'checkoutHosts' };
    attributes: {
      proxy: string;
      order: string;
      amount: string;
      currency: string;
      target: '_self' | '_blank';
      disabled: '';
      'checkout-hosts': string;
    };
  };
  'lesspay-payment-status': {
    element: LesspayPaymentStatus;
    events: {
      'lesspay-status': LesspayStatusEvent;
      'lesspay-settled': LesspaySettledEvent;
      'lesspay-error': LesspayErrorEvent;
    };
    properties: 'proxy' | 'requestId' | 'order' | 'allowedProxyOrigins' | 'pollTiming';
    respelled: { 'request-id': 'requestId' };
    attributes: { proxy: string; 'request-id': string; order: string };
  };
  'lesspay-payout-batch': {
    element: LesspayPayoutBatch;
    events: { 'lesspay-batch-change': LesspayBatchUpdateEvent; 'lesspay-batch-submitted': LesspayBatchSubmittedEvent };
    properties: 'proxy' | 'currency' | 'defaults' | 'columns' | 'rules' | 'fetch' | 'allowedProxyOrigins';
    respelled: unknown;
    attributes: { proxy: string; currency: string };
  };
  'lesspay-payout-status': {
    element: LesspayPayoutStatus;
    events: {
      'lesspay-payout-status': LesspayPayoutStatusEvent;
      'lesspay-payout-settled': LesspayPayoutSettledEvent;
      'lesspay-error': LesspayErrorEvent;
    };
    properties: 'proxy' | 'requestId' | 'fetch' | 'allowedProxyOrigins' | 'pollTiming';
    respelled: { 'request-id': 'requestId' };
    attributes: { proxy: string; 'request-id': string };
  };
  'lesspay-recipient-form': {
    element: LesspayRecipientForm;
    events: {
      'lesspay-change': LesspayRecipientChangeEvent;
      'lesspay-submitted': LesspaySubmittedEvent;
      'lesspay-error': LesspayErrorEvent;
    };
    properties:
      | FormControlName
      | 'methods'
      | 'currencies'
      | 'payout'
      | 'nameCheck'
      | 'fields'
      | 'rules'
      | 'value'
      | 'method'
      | 'currency'
      | 'country'
      | 'amount'
      | 'reference';
    respelled: { 'name-check': 'nameCheck' };
    attributes: FormControlAttributes & {
      methods: string;
      currencies: string;
      payout: '';
      'name-check': NameCheckPolicy;
      value: string;
      method: LesspayRecipientForm['method'];
      currency: string;
      country: string;
      amount: string;
      reference: string;
    };
  };
}

/** The tags of the elements. */
export type Tag = keyof Elements;
/** The events of an element by their names. */
export type EventsOf<T extends Tag> = Elements[T]['events'];

/** All that may be given to an element where properties and attributes have their own types. */
export type Settable<T extends Tag> = {
  [Name in Elements[T]['properties'] & keyof Elements[T]['element']]?: Elements[T]['element'][Name] | undefined;
} & {
  [Name in keyof Elements[T]['respelled']]?:
    Elements[T]['element'][Elements[T]['respelled'][Name] & keyof Elements[T]['element']] | undefined;
};

/** All that may be given to an element where only texts can be written. */
export type Attributes<T extends Tag> = {
  [Name in keyof Elements[T]['attributes']]?: Elements[T]['attributes'][Name] | undefined;
};

/** Whether two types are the same to the compiler: `any` is like nothing but `any`. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The names that a type has otherwise than expected. */
type Differing<Actual, Expected> = {
  [Name in keyof Expected]-?: Name extends keyof Actual
    ? Same<Pick<Actual, Name>, Pick<Expected, Name>> extends true
      ? never
      : Name
    : Name;
}[keyof Expected];

/** The tags that a framework does not know, and what it takes otherwise than expected, each after its tag. */
type Wrong<Actual, Expected extends Record<Tag, unknown>> = {
  [T in Tag]: T extends keyof Actual ? `${T} ${Differing<Actual[T], Expected[T]> & string}` : T;
}[Tag];

/** `true` where a framework knows every element as expected; else what is wrong, each by its name in the compiler's message. */
export type KnowsAll<Actual, Expected extends Record<Tag, unknown>> = [Wrong<Actual, Expected>] extends [never]
  ? true
  : `${Wrong<Actual, Expected>}`;
