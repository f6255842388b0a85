import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as rules from 'lesspay-elements/rules';

/** Every white space of Unicode, and what people paste with numbers. */
const SPACES = Array.from(
  ' \t\n\r\u000b\u000c\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);
/** What cannot be seen: zero widths, direction marks and their embeddings, soft hyphens, the mark of a file's beginning. */
const INVISIBLE = Array.from(
  '\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2064\u2066\u2067\u2068\u2069\ufe0f\ufeff',
);
const DASHES = Array.from('-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d\uff70');

/** Zeros of scripts with digits of their own that a phone or a bank's page may show. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0xff10];

/** The same text in other characters: full width, or digits of another script. */
function disguised(text: string, zero: number | undefined): string {
  return text.replace(/[!-~]/g, (char) => {
    const code = char.charCodeAt(0);
    if (zero === undefined) return String.fromCharCode(code + 0xfee0);
    return /[0-9]/.test(char) ? String.fromCharCode(zero + code - 48) : char;
  });
}

/** A text with something between its characters and around it. */
const strewn = (text: string, odd: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.string({ unit: fc.constantFrom(...odd), maxLength: 2 }), {
      minLength: text.length + 1,
      maxLength: text.length + 1,
    })
    .map((between) => between.map((each, index) => each + text.slice(index, index + 1)).join(''));

type Rule = (...values: unknown[]) => unknown;

/** A field's pair and wire values of it; `kind` says what may stand between the characters. */
interface Field {
  name: string;
  values: readonly string[];
  kind: 'number' | 'code' | 'word' | 'line';
  before?: unknown[];
  after?: unknown[];
}

const FIELDS: readonly Field[] = [
  { name: 'BankAccount', kind: 'number', values: ['00123456789', 'AB12CD34'] },
  { name: 'Bsb', kind: 'number', values: ['062000'] },
  { name: 'SortCode', kind: 'number', values: ['004020'] },
  { name: 'Aba', kind: 'number', values: ['021000021', '011000015'] },
  { name: 'Cnaps', kind: 'number', values: ['001100099996'] },
  { name: 'Ifsc', kind: 'number', values: ['SBIN0000300'] },
  { name: 'Iban', kind: 'number', values: ['DE89370400440532013000', 'PK36SCBL0000001123456702'] },
  { name: 'Bic', kind: 'number', values: ['HSBCPH22', 'DEUTDEFF500', 'BSNAMYK1'] },
  { name: 'Cpf', kind: 'number', values: ['11144477735', '00000000191'] },
  { name: 'Cnpj', kind: 'number', values: ['00000000000191', '12ABC34501DE35'] },
  { name: 'TaxId', kind: 'number', values: ['0123456789'] },
  { name: 'NationalId', kind: 'number', values: ['0123456789012', 'A1234567'] },
  { name: 'Phone', kind: 'number', values: ['+639171234567'] },
  { name: 'WalletAccount', kind: 'number', before: ['PHP', 'GCash'], values: ['09171234567', '+639171234567'] },
  { name: 'WalletAccount', kind: 'number', before: ['IDR', 'Gopay'], values: ['081234567890', '+6281234567890'] },
  { name: 'PixKey', kind: 'number', before: ['cpf'], values: ['00000000191'] },
  { name: 'PixKey', kind: 'number', before: ['cnpj'], values: ['12ABC34501DE35'] },
  { name: 'PixKey', kind: 'number', before: ['phone'], values: ['+5511987654321'] },
  { name: 'PixKey', kind: 'code', before: ['random'], values: ['123e4567-e89b-12d3-a456-426655440000'] },
  { name: 'PixKey', kind: 'code', before: ['email'], values: ['maria+2@exemplo.com.br'] },
  { name: 'Email', kind: 'code', values: ['maria@mail.example'] },
  { name: 'BankCode', kind: 'code', values: ['044', 'ALLVA.ID', 'MEEZAN_BANK'] },
  { name: 'BranchCode', kind: 'code', values: ['001', 'safaricom-ke'] },
  { name: 'Country', kind: 'word', values: ['PH'] },
  { name: 'Currency', kind: 'word', values: ['PHP'] },
  { name: 'WalletProvider', kind: 'word', before: ['PHP'], values: ['GCash', 'PayMaya'] },
  { name: 'RequestId', kind: 'word', values: ['INV-0042'] },
  { name: 'Amount', kind: 'word', after: ['PHP'], values: ['1250.05', '0.50'] },
  { name: 'DateOfBirth', kind: 'word', values: ['1990-01-05'] },
  { name: 'Name', kind: 'line', values: ['Juan dela Cruz', "Sinéad O'Connor", '王小明'] },
  { name: 'Text', kind: 'line', values: ['12/3 Jalan Ampang', 'J.P. Morgan'] },
];

for (const { name, kind, values, before = [], after = [] } of FIELDS) {
  const ruleOf =
    (prefix: string): Rule =>
    (value) =>
      ((rules as Record<string, unknown>)[prefix + name] as Rule)(...before, value, ...after);
  const check = ruleOf('check');
  const normalize = ruleOf('normalize');
  const same = (typed: string, value: string) => {
    assert.equal(normalize(typed), value, JSON.stringify(typed));
  };

  describe(`normalize${[name, ...before.map(String)].join(' ')}`, () => {
    it('reads back what is accepted already', () => {
      for (const value of values) {
        assert.equal(check(value), undefined, value);
        same(value, value);
      }
    });

    it('takes away what cannot be seen, wherever it stands, and spaces of every kind at both ends', () => {
      for (const value of values) {
        fc.assert(
          fc.property(
            strewn(value, INVISIBLE),
            fc.string({ unit: fc.constantFrom(...SPACES), maxLength: 3 }),
            (typed, space) => {
              same(space + typed + space, value);
            },
          ),
          { numRuns: 100 },
        );
      }
    });

    it('reads full-width characters and the digits of other scripts', () => {
      for (const value of values) {
        for (const zero of [undefined, ...ZEROS]) {
          if (kind === 'line') {
            const digits = value.replace(/[^0-9]/g, '');
            same(disguised(digits, zero) + value, digits + value);
          } else {
            same(disguised(value, zero), value);
          }
        }
      }
    });

    if (kind === 'number' || kind === 'code') {
      it(`takes away spaces${kind === 'number' ? ' and dashes' : ''} of every kind between the characters`, () => {
        for (const value of values) {
          // Before a plus or a letter a dash could be meant; people put them between groups.
          const odd = kind === 'number' ? [...SPACES, ...DASHES] : SPACES;
          fc.assert(
            fc.property(strewn(value, odd), (typed) => {
              same(typed, value);
            }),
            { numRuns: 100 },
          );
        }
      });
    }

    if (kind === 'line') {
      it('keeps one space where there were several, of whatever kind', () => {
        for (const value of values) {
          fc.assert(
            fc.property(fc.string({ unit: fc.constantFrom(...SPACES), minLength: 1, maxLength: 3 }), (space) => {
              same(value.replaceAll(' ', space), value);
            }),
            { numRuns: 50 },
          );
        }
      });
    }
  });
}

describe('leading zeros', () => {
  const digits = (min: number, max: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => `00${list.join('')}`);

  it('stay in whatever is a number to people only', () => {
    fc.assert(
      fc.property(digits(2, 10), (number) => {
        for (const name of [
          'BankAccount',
          'Bsb',
          'SortCode',
          'Aba',
          'Cnaps',
          'Cpf',
          'Cnpj',
          'TaxId',
          'NationalId',
        ] as const) {
          assert.equal(rules[`normalize${name}`](number), number, name);
        }
        for (const name of ['BankCode', 'BranchCode', 'RequestId'] as const) {
          assert.equal(rules[`normalize${name}`](number), number, name);
        }
      }),
    );
  });
});
