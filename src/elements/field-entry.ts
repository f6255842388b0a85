import { regroup } from './grouped-input.ts';
import type { LesspayBankPicker } from './lesspay-bank-picker.ts';
import { isGrouped, type EntryField, type RecipientEntry } from './recipient-entry.ts';

/** Takes over what stands in a text field while it is typed; `edited` is called once it is entered. */
export function takeTyped(
  entry: RecipientEntry,
  field: EntryField,
  input: HTMLInputElement,
  event: Event,
  edited: () => void,
): void {
  const { name, rule } = field;
  const { left } = entry;
  const hasIssue = () => entry.read().issues.has(name);
  const complained = left.has(name) && hasIssue();
  entry.setText(field, isGrouped(field) ? regroup(input, event, entry.text(field), rule === 'iban') : input.value);
  edited();
  // A message stays until the value is right; a field that was right is left alone until it is left again.
  if (!complained || !hasIssue()) left.delete(name);
}

/** A field is left: its value is put into the form that will be sent, and it may complain from now on. */
export function leaveField(entry: RecipientEntry, field: EntryField, input: HTMLInputElement): void {
  entry.tidy(field);
  // Lit does not see that the typed text turned back into the one it drew last.
  input.value = entry.shown(field);
  // Tabbing over an empty field is no mistake yet; emptying one that was complained about is.
  if (entry.text(field).trim()) entry.left.add(field.name);
  entry.listed = entry.listed.filter((name) => entry.read().issues.has(name) || entry.refused.has(name));
}

/** Takes over the bank that was chosen or typed; `edited` is called once it is entered. */
export function takeBank(entry: RecipientEntry, name: string, picker: LesspayBankPicker, edited: () => void): void {
  const { texts } = entry.draft;
  texts.set(name, name === 'bankId' ? picker.value : picker.text);
  if (picker.bank) texts.set('bankIdName', picker.bank.name);
  edited();
  if (!entry.read().issues.has(name)) entry.left.delete(name);
}
