import { regroup } from './grouped-input.ts';
import type { LesspayBankPicker } from './lesspay-bank-picker.ts';
import { AMOUNT, isGrouped, type EntryField, type RecipientEntry } from './recipient-entry.ts';

/**
 * Takes over what an event of a field has entered; `edited` is called with the field's name once it is. Says whether the
 * field was `left`, or the operator wants to go on with `enter`.
 */
export function takeFieldEvent(
  entry: RecipientEntry,
  event: Event,
  edited: (name: string) => void,
): 'left' | 'enter' | undefined {
  const control = event.target as HTMLInputElement | LesspayBankPicker;
  const { type } = event;
  const name = control.dataset.field;
  if (!name) return undefined;
  const isLeft = type === 'focusout';
  if ('bank' in control) {
    if (type === 'lesspay-change') {
      // The page is told of the form's change, not of the picker's in it.
      event.stopPropagation();
      const { texts } = entry.draft;
      texts.set(name, name === 'bankId' ? control.value : control.text);
      if (control.bank) texts.set('bankIdName', control.bank.name);
      edited(name);
      if (!entry.read().issues.has(name)) entry.left.delete(name);
    }
    if (!isLeft || !control.text.trim()) return undefined;
    entry.left.add(name);
    return 'left';
  }
  const field = entry.field(name);
  if (control.type !== 'text') {
    // Passing a group of radios by Tab is a key on one that is not checked, and chooses nothing.
    if (isLeft || type === 'keydown' || entry.choiceOf(name) === control.value) return undefined;
    entry.choose(name, control.value);
    if (name === 'currency') entry.tidy(AMOUNT);
    edited(name);
  } else if (field) {
    const isEnter = event instanceof KeyboardEvent && event.key === 'Enter' && !event.isComposing;
    if (type === 'keydown' && (!isEnter || event.defaultPrevented)) return undefined;
    // A browser's autofill may tell by `change` alone, or by nothing at all.
    if (type === 'input' || control.value !== entry.shown(field)) takeTyped(entry, field, control, event, edited);
    if (isEnter || isLeft) {
      leaveField(entry, field, control);
      return isEnter ? 'enter' : 'left';
    }
  }
  return undefined;
}

function takeTyped(
  entry: RecipientEntry,
  field: EntryField,
  input: HTMLInputElement,
  event: Event,
  edited: (name: string) => void,
): void {
  const { name, rule } = field;
  const { left } = entry;
  const hasIssue = () => entry.read().issues.has(name);
  const complained = left.has(name) && hasIssue();
  entry.setText(field, isGrouped(field) ? regroup(input, event, entry.text(field), rule === 'iban') : input.value);
  edited(name);
  // A message stays until the value is right; a field that was right is left alone until it is left again.
  if (!complained || !hasIssue()) left.delete(name);
}

/** Puts a field's value into the form that will be sent; it may complain from now on. */
function leaveField(entry: RecipientEntry, field: EntryField, input: HTMLInputElement): void {
  entry.tidy(field);
  // Lit does not see that the typed text turned back into the one it drew last.
  input.value = entry.shown(field);
  // Tabbing over an empty field is no mistake yet; emptying one that was complained about is.
  if (entry.text(field).trim()) entry.left.add(field.name);
  entry.listed = entry.listed.filter((name) => entry.read().issues.has(name) || entry.refused.has(name));
}
