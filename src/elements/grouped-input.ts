/** Long numbers are read and compared in fours. Text with anything but letters and digits is left as it is. */
export function inFours(text: string): string {
  return /^[A-Za-z0-9]+$/.test(text) ? text.replace(/.{4}(?=.)/g, '$& ') : text;
}

/**
 * After an `input` event: regroups the field's text in fours, leaves the caret behind the same character, and returns
 * the text without the groups. `before` is what this returned last time.
 */
export function regroup(input: HTMLInputElement, event: Event, before: string, upperCase: boolean): string {
  let raw = ungroup(input.value);
  if ((event as InputEvent).isComposing) return raw;
  let caret = input.selectionStart ?? input.value.length;
  if (upperCase) raw = raw.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (raw === before && (event as InputEvent).inputType === 'deleteContentForward') {
    // Only the gap was deleted, and it comes back: take the character behind it.
    const at = ungroup(input.value.slice(0, caret)).length;
    raw = raw.slice(0, at) + raw.slice(at + 1);
  }
  const shown = inFours(raw);
  if (shown === input.value) return raw;
  let left = ungroup(input.value.slice(0, caret)).length;
  for (caret = 0; left > 0 && caret < shown.length; caret++) if (shown.charAt(caret) !== ' ') left--;
  input.value = shown;
  if (input.matches(':focus')) input.setSelectionRange(caret, caret);
  return raw;
}

function ungroup(text: string): string {
  return /^[A-Za-z0-9\s]*$/.test(text) ? text.replace(/\s/g, '') : text;
}
