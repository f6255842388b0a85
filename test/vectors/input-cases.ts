import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** A case of inputs.json: what is typed or sent for a field, and whether it may be. */
export interface InputCase {
  id: string;
  field: string;
  value: unknown;
  valid: boolean;
  why: string;
  normalizes_to?: string;
}

/** Every case. */
export const { cases: INPUT_CASES } = JSON.parse(readFileSync(new URL('inputs.json', import.meta.url), 'utf8')) as {
  cases: InputCase[];
};

/** The cases of some fields, of which there have to be some. */
export function casesOf(...fields: string[]): InputCase[] {
  const found = INPUT_CASES.filter(({ field }) => fields.includes(field));
  assert.ok(found.length > 0, `there are no cases of ${fields.join()}`);
  return found;
}
