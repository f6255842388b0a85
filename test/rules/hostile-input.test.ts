import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as rules from 'lesspay-elements/rules';

type Rule = (...values: unknown[]) => unknown;

/** What stands before the value, for rules that take more than it. */
const BEFORE: Record<string, unknown[]> = {
  checkField: ['name'],
  checkPixKey: ['email'],
  checkWalletAccount: ['PHP', 'GCash'],
  checkWalletProvider: ['PHP'],
  normalizeField: ['name'],
  normalizePixKey: ['email'],
  normalizeWalletAccount: ['PHP', 'GCash'],
  normalizeWalletProvider: ['PHP'],
};
const AFTER: Record<string, unknown[]> = {
  checkAmount: ['USD'],
  normalizeAmount: ['USD'],
  checkCheckoutUrl: [['pay.lesspay.example']],
  checkField: [{}],
  normalizeField: [{}],
};

function named(prefix: string): [string, (value: unknown) => unknown][] {
  return Object.entries(rules)
    .filter(([name, rule]) => name.startsWith(prefix) && typeof rule === 'function')
    .map(([name, rule]) => [name, (value) => (rule as Rule)(...(BEFORE[name] ?? []), value, ...(AFTER[name] ?? []))]);
}

const CHECKS = named('check');
const NORMALIZERS = named('normalize');
const LONG = 100_000;
const HOSTILE = [
  'a',
  '1',
  '0',
  ' ',
  '.',
  'a.',
  '-',
  '1,',
  '%',
  '{',
  '\u0301',
  'ﷺ',
  '😀',
  '٣',
  '１',
  '\u202e',
  'https://a.',
  'a@a.',
].map((unit) => unit.repeat(LONG / unit.length));

describe('every rule', () => {
  it('is one of a pair', () => {
    const of = (pairs: [string, unknown][], prefix: string): string[] =>
      pairs.map(([name]) => name.slice(prefix.length)).sort();
    // A bank id is a number that nobody types.
    assert.deepEqual([...of(NORMALIZERS, 'normalize'), 'BankId'].sort(), of(CHECKS, 'check'));
  });

  it('answers any value with a code or nothing, and throws for none', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
        for (const [name, check] of CHECKS) {
          const issue = check(value);
          assert.ok(issue === undefined || (rules.ISSUE_CODES as readonly unknown[]).includes(issue), name);
          if (typeof value !== 'string' && name !== 'checkBankId') assert.equal(issue, 'wrong-type', name);
        }
        for (const [name, normalize] of NORMALIZERS) assert.equal(typeof normalize(value), 'string', name);
      }),
    );
    for (const value of [Symbol('x'), () => 1, Object.create(null), 10n, NaN]) {
      for (const [name, check] of CHECKS) if (name !== 'checkBankId') assert.equal(check(value), 'wrong-type', name);
    }
  });

  it('can be given to map, which passes an index and the list', () => {
    const values: unknown[] = ['USD', 'PH', 'HSBCPH22', '138000000001', 'Ana', {}];
    for (const [name, rule] of Object.entries(rules)) {
      if (/^(?:check|parse|walletProviders)/.test(name))
        assert.doesNotThrow(() => values.map(rule as () => unknown), name);
    }
  });

  it('is done with 100 kB of anything in no time', () => {
    for (const [name, rule] of [...CHECKS, ...NORMALIZERS, ['inferPixKeyType', rules.inferPixKeyType] as const]) {
      for (const text of HOSTILE) {
        // Processor time, and the least of three, so that a busy machine does not fail the rule.
        const times = Array.from({ length: 3 }, () => {
          const start = process.cpuUsage();
          (rule as (value: string) => unknown)(text);
          const { user, system } = process.cpuUsage(start);
          return (user + system) / 1000;
        });
        assert.ok(Math.min(...times) < 20, `${name} took ${Math.min(...times).toFixed(1)} ms of ${text.slice(0, 8)}…`);
      }
    }
  });

  it('normalizes twice as once', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...Array.from('09+63AbDE89.-/ @()[]{}\u200b\u00a0１٣–’')),
        fc.constantFrom('é', 'Ж', '😀', '\u0301'),
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (value) => {
        for (const [name, normalize] of NORMALIZERS) {
          const once = normalize(value);
          assert.equal(normalize(once), once, name);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves a value that it accepts as it is', () => {
    const checks = new Map(CHECKS);
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')), maxLength: 14 }),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 14 }),
      fc.constantFrom(
        'HSBCPH22',
        'DE89370400440532013000',
        '11144477735',
        '12ABC34501DE35',
        '021000021',
        'GCash',
        'USD',
        'PH',
        '+639171234567',
        '09171234501',
        'SBIN0000300',
        'a@b.example',
        'https://shop.example/hook',
        'https://pay.lesspay.example/c',
        '100.00',
        'ALLVA.ID',
        "O'Brien",
      ),
    );
    fc.assert(
      fc.property(text, (value) => {
        for (const [name, normalize] of NORMALIZERS) {
          const check = checks.get(name.replace('normalize', 'check'));
          if (check?.(value) === undefined) assert.equal(normalize(value), value, name);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
