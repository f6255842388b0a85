/** The first wait after a check that found nothing new; each later one is three times as long. */
const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** What a record remembers of the checks that `reconcile` has made. */
export interface Checked {
  checks?: number;
  dueAt?: number;
}

/** The members of a record that say when to look again: ever later, at most an hour after the last time. */
export function backOff({ checks = 0 }: Checked, time: number): Required<Checked> {
  return { checks: checks + 1, dueAt: time + Math.min(LONGEST_MS, FIRST_MS * 3 ** checks) };
}
