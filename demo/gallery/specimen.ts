import type {
  LesspayBankPicker,
  LesspayCheckout,
  LesspayPaymentStatus,
  LesspayPayoutBatch,
  LesspayPayoutStatus,
  LesspayRecipientForm,
} from 'lesspay-elements';
import type { Answer } from './proxy.ts';

/** An element in one state. */
export interface Specimen<Shown extends HTMLElement = HTMLElement> {
  /** As in the address. */
  state: string;
  title: string;
  /** When someone sees it. */
  about: string;
  attributes?: Readonly<Record<string, string>>;
  properties?: Partial<Shown>;
  /** What stands in its slots. */
  content?: () => Node;
  /** Without one the proxy never answers. */
  answer?: Answer;
  /** The browser says that there is no network. */
  offline?: boolean;
  /** What someone does to get there. */
  act?(element: Shown): unknown;
}

/** An element with its states. */
export interface Exhibit<Shown extends HTMLElement = HTMLElement> {
  tag: string;
  title: string;
  about: string;
  /** Brings the element's definition. */
  define: () => Promise<unknown>;
  specimens: readonly Specimen<Shown>[];
}

export type Checkout = Specimen<LesspayCheckout>;
export type PaymentStatus = Specimen<LesspayPaymentStatus>;
export type PayoutStatus = Specimen<LesspayPayoutStatus>;
export type BankPicker = Specimen<LesspayBankPicker>;
export type RecipientForm = Specimen<LesspayRecipientForm>;
export type PayoutBatch = Specimen<LesspayPayoutBatch>;

/** Something inside an element that a person can reach. */
export async function find<Found extends HTMLElement>(element: HTMLElement, selector: string): Promise<Found> {
  for (;;) {
    const found = element.shadowRoot?.querySelector<Found>(selector);
    if (found) return found;
    await nextFrame();
  }
}

/** Presses a button, a radio or a row. */
export const press = async (element: HTMLElement, selector: string): Promise<void> =>
  (await find(element, selector)).click();

/** Types into a field and leaves it. */
export async function enter(element: HTMLElement, selector: string, text: string, leave = true): Promise<void> {
  const field = await find<HTMLInputElement>(element, selector);
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  if (!leave) return;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  field.blur();
}

/** Waits until something is so. */
export async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await nextFrame();
}

// A timer, too: there are no frames where nobody looks.
const nextFrame = () =>
  new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 50);
  });
