import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkAmount, compareAmounts, currencyDecimals, normalizeAmount, sumAmounts } from 'lesspay-elements/rules';

const currency = fc.constantFrom('JPY', 'USD', 'KWD', 'CLF', 'PHP', 'IDR');
const minor = fc.bigInt({ min: 1n, max: 10n ** 14n });

function written(value: bigint, code: string): string {
  const decimals = currencyDecimals(code) ?? 0;
  const text = value.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

describe('checkAmount', () => {
  it('accepts every amount of minor units up to twelve integer digits', () => {
    fc.assert(
      fc.property(currency, minor, (code, value) => {
        const text = written(value, code);
        const tooLarge = (text.split('.')[0] ?? '').length > 12;
        assert.equal(checkAmount(text, code), tooLarge ? 'amount-too-large' : undefined, text);
      }),
    );
  });

  it('accepts nothing that is not written the one way', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('00123456789.,-+e _')), maxLength: 20 });
    fc.assert(
      fc.property(text, (value) => {
        if (checkAmount(value, 'USD') !== undefined) return;
        assert.match(value, /^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/);
        assert.ok(Number(value) > 0);
      }),
      { numRuns: 5000 },
    );
  });

  it('says what is wrong', () => {
    assert.equal(checkAmount('1.005', 'USD'), 'amount-decimals');
    assert.equal(checkAmount('1.0', 'JPY'), 'amount-decimals');
    assert.equal(checkAmount('1.2345', 'KWD'), 'amount-decimals');
    assert.equal(checkAmount('1.234', 'KWD'), undefined);
    assert.equal(checkAmount('100.5', 'USD'), undefined);
    assert.equal(checkAmount('0.00', 'USD'), 'amount-zero');
    assert.equal(checkAmount('1000000000000', 'USD'), 'amount-too-large');
    assert.equal(checkAmount('-1', 'USD'), 'amount-format');
    assert.equal(checkAmount(100, 'USD'), 'wrong-type');
    assert.equal(checkAmount('100', 'usd'), 'currency-unknown');
    assert.equal(checkAmount('100', undefined), 'currency-unknown');
  });
});

describe('normalizeAmount', () => {
  const typed: [string, string, string][] = [
    ['1,250.00', 'USD', '1250.00'],
    ['1.250,00', 'EUR', '1250.00'],
    ['1 250,50', 'EUR', '1250.50'],
    ['1\u202f250,50', 'EUR', '1250.50'],
    ["1'250.00", 'USD', '1250.00'],
    ['1,00,000.00', 'INR', '100000.00'],
    ['1.250.000', 'IDR', '1250000'],
    ['1,250,000', 'IDR', '1250000'],
    ['1,250', 'USD', '1250'],
    ['12,5', 'USD', '12.5'],
    ['50000.00', 'VND', '50000'],
    ['₱ 1,000', 'PHP', '1000'],
    ['usd 100', 'USD', '100'],
    ['R$ 1.234,56', 'BRL', '1234.56'],
    ['RM10', 'MYR', '10'],
    ['007', 'USD', '7'],
    ['.5', 'USD', '0.5'],
    ['5.', 'USD', '5'],
    ['１００', 'JPY', '100'],
    ['٢٥٠', 'USD', '250'],
  ];
  for (const [text, code, wire] of typed) {
    it(`writes ${JSON.stringify(text)} in ${code} as ${wire}`, () => {
      assert.equal(normalizeAmount(text, code), wire);
      assert.equal(checkAmount(wire, code), undefined);
    });
  }

  // A wrong guess here is a payout of a thousand times too much or too little.
  const doubtful: [string, string][] = [
    ['1.250', 'USD'],
    ['50.000', 'VND'],
    ['10.500', 'IDR'],
    ['1,250', 'KWD'],
    ['€100', 'PHP'],
    ['$100', 'PHP'],
    ['0,500', 'EUR'],
    ['1,2,3', 'USD'],
    ['-5', 'USD'],
    ['1e3', 'USD'],
    ['ten', 'USD'],
  ];
  for (const [text, code] of doubtful) {
    it(`does not guess at ${text} in ${code}`, () => {
      assert.notEqual(checkAmount(normalizeAmount(text, code), code), undefined);
    });
  }

  it('leaves a wire value as it is, and changes nothing the second time', () => {
    fc.assert(
      fc.property(
        currency,
        minor,
        fc.string({ unit: fc.constantFrom(...Array.from("0123456789., '$€")) }),
        (code, value, text) => {
          assert.equal(normalizeAmount(written(value, code), code), written(value, code));
          const once = normalizeAmount(text, code);
          assert.equal(normalizeAmount(once, code), once, text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('sumAmounts', () => {
  it('adds exactly, whatever the order', () => {
    fc.assert(
      fc.property(currency, fc.array(minor, { maxLength: 40 }), (code, values) => {
        const total = values.reduce((sum, value) => sum + value, 0n);
        assert.equal(
          sumAmounts(
            values.map((value) => written(value, code)),
            code,
          ),
          written(total, code),
        );
      }),
    );
  });

  it('does not fall into the traps of floating point', () => {
    assert.equal(sumAmounts(['0.1', '0.2'], 'USD'), '0.30');
    assert.equal(sumAmounts(Array<string>(10).fill('0.01'), 'PHP'), '0.10');
    assert.equal(sumAmounts(['999999999999.99', '999999999999.99'], 'USD'), '1999999999999.98');
    assert.equal(sumAmounts([], 'KWD'), '0.000');
    assert.equal(sumAmounts(['100', '200'], 'JPY'), '300');
  });

  it('throws for text that is no amount of the currency', () => {
    for (const bad of ['', '1,000', '1e3', ' 1', '-1', '1.005'])
      assert.throws(() => sumAmounts([bad], 'USD'), RangeError);
    assert.throws(() => sumAmounts(['1'], 'XAU'), RangeError);
  });
});

describe('compareAmounts', () => {
  it('orders as the numbers do', () => {
    fc.assert(
      fc.property(currency, minor, minor, (code, a, b) => {
        assert.equal(compareAmounts(written(a, code), written(b, code), code), a < b ? -1 : a > b ? 1 : 0);
      }),
    );
    assert.equal(compareAmounts('1', '1.00', 'USD'), 0);
    assert.equal(compareAmounts('100.00', '100', 'JPY'), 0);
    assert.equal(compareAmounts('9', '10', 'USD'), -1);
    assert.throws(() => compareAmounts('1', 'NaN', 'USD'), RangeError);
  });
});
