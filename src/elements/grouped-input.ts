/** Long numbers are read and compared in fours. Text with anything but letters and digits is left as it is. */
export function inFours(text: string): string {
  return /^[A-Za-z0-9]+$/.test(text) ? text.replace(/.{4}(?=.)/g, '$& ') : text;
}

/**
 * After an `input` event: regroups the field's text in fours, leaves the caret behind the same character, and returns
 * the text without the groups. `before` is what this returned last time.
 */
export function regroup(input: HTMLInputElement, event: Event, before: string, upperCase: boolean): string {
  const { isComposing, inputType } = event as InputEvent;
  let raw = ungroup(input.value);
  if (isComposing) return raw;
  let left = ungroup(input.value.slice(0, input.selectionStart ?? undefined)).length;
  if (upperCase) raw = raw.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  // Only the gap was deleted, and it comes back: take the character behind it.
  if (raw === before && inputType === 'deleteContentForward') raw = raw.slice(0, left) + raw.slice(left + 1);
  const shown = inFours(raw);
  if (shown === input.value) return raw;
  let caret = 0;
  while (left > 0 && caret < shown.length) if (shown.charAt(caret++) !== ' ') left--;
  input.value = shown;
  if (input.matches(':focus')) input.setSelectionRange(caret, caret);
  return raw;
}

function ungroup(text: string): string {
  return /^[A-Za-z0-9\s]*$/.test(text) ? text.replace(/\s/g, '') : text;
}
