import { waitUntil } from '@open-wc/testing';
import type { LitElement } from 'lit';

/** An element inside the shadow tree of an element, and inside the picker that may be in there. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as with querySelector, the caller knows
export function inside<T extends HTMLElement = HTMLElement>(host: LitElement, selector: string): T {
  const found = host.renderRoot.querySelector<T>(selector);
  if (!found) throw new Error(`${selector} is not there.`);
  return found;
}

/** Types into an input as an operator does: all at once, with the events of typing. */
export function type(input: HTMLInputElement, text: string): void {
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }));
}

/** Chooses an option of a select, or a radio. */
export function choose(control: HTMLInputElement | HTMLSelectElement, value: string): void {
  if (control instanceof HTMLInputElement) {
    control.click();
    return;
  }
  control.value = value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The visible words of an element, its white space as one space. */
export function wordsOf(element: Node | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Waits for a condition in steps of a few milliseconds. */
export function until(condition: () => unknown, message: string): Promise<void> {
  return waitUntil(() => Boolean(condition()), message, { interval: 10, timeout: 3000 });
}

/** Waits until messages have faded in: half way there their contrast is too low for the audit. Spinners go on. */
export async function faded(host: LitElement): Promise<void> {
  await host.updateComplete;
  const fades = (host.renderRoot as ShadowRoot)
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(fades.map(({ finished }) => finished));
}
