import { readFileSync } from 'node:fs';

/** One row of the shared input cases. */
export interface InputCase {
  id: string;
  field: string;
  value: unknown;
  valid: boolean;
  why: string;
}

const inputs = JSON.parse(readFileSync(new URL('../vectors/inputs.json', import.meta.url), 'utf8')) as {
  cases: InputCase[];
};

/** The shared input cases of one field. */
export function casesOf(field: string): InputCase[] {
  return inputs.cases.filter((row) => row.field === field);
}

export const SECRET = 'TEST_SECRET_do_not_use_0123456789abcdef';

/** 2026-11-20T21:33:17Z: the clock of the shared cases. */
export const NOW = 1795210397000;

/** A pay-in notice under API version 2. */
export const payinBody = {
  api_version: 'v2',
  order_status: 'SUCCEED',
  order_status_int: 2,
  pay_order_id: 'P1',
  request_id: 'R1',
  target_amount: '100.00',
  target_currency: 'PHP',
};
