/** What stands before the first colon of a key; a key without one has no kind. */
export function kindOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':')));
}
