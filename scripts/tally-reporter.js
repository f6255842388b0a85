import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where the tally of an element test run stands. */
export const TALLY = '.cache/element-tests.json';

function tallyOf({ suites, tests }, into) {
  for (const { passed, skipped } of tests) into[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
  for (const suite of suites) tallyOf(suite, into);
  return into;
}

/**
 * A reporter for @web/test-runner that leaves the counts of each engine in TALLY. A file that broke before its tests
 * ran, or that an engine never finished, counts as one failure.
 */
export function tallyReporter() {
  return {
    stop({ sessions }) {
      const engines = {};
      for (const { browser, testResults, status, passed, errors } of sessions) {
        const tally = (engines[browser.name] ??= { files: 0, passed: 0, failed: 0, skipped: 0 });
        const before = tally.failed;
        tally.files += 1;
        if (testResults) tallyOf(testResults, tally);
        const isBroken = status !== 'FINISHED' || !testResults || !passed || errors.length > 0;
        if (isBroken && tally.failed === before) tally.failed += 1;
      }
      mkdirSync(dirname(TALLY), { recursive: true });
      writeFileSync(TALLY, JSON.stringify(engines));
    },
  };
}
