import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cnpj as cnpjOracle, cpf as cpfOracle } from 'cpf-cnpj-validator';
import fc from 'fast-check';
import { composeIBAN, countrySpecs, isValidBIC, isValidIBAN, setCountryBBANValidation } from 'ibantools';
import {
  checkAba,
  checkBic,
  checkBsb,
  checkCnaps,
  checkCnpj,
  checkCountry,
  checkCpf,
  checkCurrency,
  checkIban,
  checkIfsc,
  checkRequestId,
  checkSortCode,
  currencyDecimals,
  ibanLength,
  normalizeBic,
  normalizeCnpj,
  normalizeCpf,
  normalizeIban,
  normalizeSortCode,
  usesIban,
} from 'lesspay-elements/rules';
import validator from 'validator';
import { isoCountries } from '../../src/rules/tables/countries.ts';
import { isoCurrencies } from '../../src/rules/tables/currencies.ts';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

describe('checkCurrency', () => {
  it('knows the 165 active codes with a minor unit', () => {
    assert.equal(isoCurrencies().size, 165);
    for (const code of isoCurrencies().keys()) assert.match(code, /^[A-Z]{3}$/);
  });

  it('differs from validator only by what has no minor unit and by what changed since its list', () => {
    const ours = new Set(isoCurrencies().keys());
    const theirs = new Set<string>();
    for (let a = 65; a <= 90; a += 1)
      for (let b = 65; b <= 90; b += 1)
        for (let c = 65; c <= 90; c += 1) {
          const code = String.fromCharCode(a, b, c);
          if (validator.isISO4217(code)) theirs.add(code);
        }
    assert.deepEqual(
      [...theirs].filter((code) => !ours.has(code)).sort(),
      // ANG and BGN ended with 2025, SLL and ZWL in 2024; the others are metals, units of account, test and no currency.
      'ANG BGN SLL XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX ZWL'.split(' '),
    );
    // ZWG since 2024, XCG and XAD since 2025.
    assert.deepEqual([...ours].filter((code) => !theirs.has(code)).sort(), ['XAD', 'XCG', 'ZWG']);
  });

  it('has the decimals of ISO 4217, not those of a rail', () => {
    const decimals = {
      JPY: 0,
      VND: 0,
      ISK: 0,
      UGX: 0,
      CLP: 0,
      KWD: 3,
      TND: 3,
      IQD: 3,
      CLF: 4,
      UYW: 4,
      IDR: 2,
      HUF: 2,
      MGA: 2,
    };
    for (const [code, expected] of Object.entries(decimals)) assert.equal(currencyDecimals(code), expected, code);
    assert.equal(currencyDecimals('XAU'), undefined);
  });

  it('does not take names of prototypes for codes', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      assert.equal(checkCurrency(name), 'currency-unknown');
      assert.equal(checkCountry(name), 'country-unknown');
      assert.equal(ibanLength(name), undefined);
      assert.equal(usesIban(name), false);
    }
  });
});

describe('checkCountry', () => {
  it('agrees with validator on every pair of letters', () => {
    assert.equal(isoCountries().size, 249);
    for (let a = 65; a <= 90; a += 1)
      for (let b = 65; b <= 90; b += 1) {
        const code = String.fromCharCode(a, b);
        assert.equal(checkCountry(code) === undefined, validator.isISO31661Alpha2(code), code);
      }
  });
});

describe('checkBic', () => {
  const alphanumeric = [...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')];
  const some = (length: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...alphanumeric), { minLength: length, maxLength: length }).map((list) => list.join(''));
  const bic = fc
    .tuple(
      some(4),
      fc.oneof(fc.constantFrom(...isoCountries()), fc.constantFrom('XK', 'ZZ', 'UK', 'EU', 'AN')),
      some(2),
      fc.option(some(3), { nil: '' }),
    )
    .map((parts) => parts.join(''));

  it('agrees with ibantools on letters in front and any location but 00', () => {
    fc.assert(
      fc.property(bic, (value) => {
        // ISO 9362:2014 allows digits in front, which ibantools still refuses; 00 is refused by the channel.
        fc.pre(!/[0-9]/.test(value.slice(0, 4)) && value.slice(6, 8) !== '00');
        assert.equal(checkBic(value) === undefined, isValidBIC(value), value);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes digits in the business party prefix and refuses location 00', () => {
    assert.equal(checkBic('1ABCUS33'), undefined);
    assert.equal(checkBic('BSNAMYK1'), undefined);
    assert.equal(checkBic('DEUTDE00'), 'bic-location');
    assert.equal(checkBic('DEUTDE00500'), 'bic-location');
    assert.equal(checkBic('RBKOXKPR'), undefined);
    assert.equal(checkBic('DEUTZZFF'), 'bic-country');
    assert.equal(checkBic('deutdeff'), 'bic-characters');
    assert.equal(checkBic('DEUTDEFF5'), 'bic-length');
    assert.equal(normalizeBic(' deut-de ff\u200b'), 'DEUTDEFF');
    assert.equal(normalizeBic('ＤＥＵＴＤＥＦＦ'), 'DEUTDEFF');
  });
});

describe('checkIban', () => {
  const registry = Object.entries(countrySpecs).filter(([, spec]) => spec.IBANRegistry === true);
  // ISO 13616 knows nothing of the check digits that seventeen countries have inside the BBAN; ibantools tests them too.
  for (const [country] of registry) setCountryBBANValidation(country, () => true);
  const iban = fc
    .oneof(
      ...registry.map(([countryCode, { bban_regexp: pattern }]) =>
        fc.stringMatching(new RegExp(pattern ?? '')).map((bban) => composeIBAN({ countryCode, bban })),
      ),
    )
    .filter((value): value is string => value !== null);

  it('accepts what ibantools composes for every country of the registry', () => {
    fc.assert(
      fc.property(iban, (value) => {
        assert.equal(checkIban(value) === undefined, isValidIBAN(value), value);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with ibantools after any one character is changed', () => {
    fc.assert(
      fc.property(iban, fc.nat(), fc.constantFrom(...Array.from('0189ABYZ')), (value, at, char) => {
        const index = at % value.length;
        const changed = value.slice(0, index) + char + value.slice(index + 1);
        fc.pre(registry.some(([code]) => changed.startsWith(code)));
        assert.equal(checkIban(changed) === undefined, isValidIBAN(changed), changed);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no country that is outside the registry, where ibantools would', () => {
    // Angola and its like use the form among themselves; SWIFT does not list them.
    assert.equal(isValidIBAN('AO06004400006729503010102'), true);
    assert.equal(checkIban('AO06004400006729503010102'), 'iban-country');
    // Members since 2021 and later, whom ibantools 4.5 knows without marking them.
    assert.equal(checkIban('BI4210000100010000332045181'), undefined);
    assert.equal(checkIban('DJ2100010000000154000100186'), undefined);
    assert.equal(checkIban('FK88SC123456789012'), undefined);
    assert.equal(checkIban('HN88CABF00000000000250005469'), undefined);
  });

  it('has the length and structure of every country of the registry', () => {
    for (const [country, { chars }] of registry) assert.equal(ibanLength(country), chars, country);
  });

  it('says what is wrong', () => {
    assert.equal(checkIban('DE8937040044053201300'), 'iban-length');
    assert.equal(checkIban('DE89370400440532013001'), 'iban-check-digits');
    assert.equal(checkIban('DE8937040044053201300A'), 'iban-characters');
    assert.equal(checkIban('DE89 3704 0044 0532 0130 00'), 'iban-characters');
    assert.equal(checkIban('MY12BKRM0101123456789012'), 'iban-country');
    assert.equal(ibanLength('DE'), 22);
    assert.equal(normalizeIban('IBAN: de89\u00a03704-0044 0532 0130 00'), 'DE89370400440532013000');
  });

  it('lets territories use the IBANs of their mother country', () => {
    assert.equal(usesIban('GG'), true);
    assert.equal(usesIban('GP'), true);
    assert.equal(usesIban('PH'), false);
    assert.equal(usesIban('MY'), false);
  });
});

describe('checkCpf', () => {
  it('accepts what cpf-cnpj-validator generates', () => {
    for (let run = 0; run < 500; run += 1) {
      const value = cpfOracle.generate();
      assert.equal(checkCpf(value), undefined, value);
      assert.equal(checkCpf(normalizeCpf(cpfOracle.format(value))), undefined);
    }
  });

  it('agrees with both oracles on eleven random digits', () => {
    fc.assert(
      fc.property(digits(9), digits(2), fc.boolean(), (body, tail, complete) => {
        const value = complete
          ? (Array.from({ length: 100 }, (_, n) => body + String(n).padStart(2, '0')).find(
              (each) => checkCpf(each) === undefined,
            ) ?? body + tail)
          : body + tail;
        fc.pre(value !== '12345678909');
        assert.equal(checkCpf(value) === undefined, cpfOracle.isValid(value, true), value);
        assert.equal(checkCpf(value) === undefined, validator.isTaxID(value, 'pt-BR'), value);
      }),
    );
  });

  it('accepts 12345678909, whose digits are right and which only a black list refuses', () => {
    assert.equal(checkCpf('12345678909'), undefined);
    assert.equal(cpfOracle.isValid('12345678909'), false);
  });

  it('does not dig digits out of other text', () => {
    assert.equal(checkCpf('abc11144477735def'), 'cpf-format');
    assert.equal(checkCpf(normalizeCpf('abc11144477735def')), 'cpf-format');
    assert.equal(checkCpf('00000000000'), 'cpf-repeated');
    assert.equal(checkCpf('11144477736'), 'cpf-check-digits');
  });
});

describe('checkCnpj', () => {
  it('accepts the published numbers, with letters and without', () => {
    for (const value of ['11222333000181', '00000000000191', '12ABC34501DE35', 'ZZZZZZZZ000191']) {
      assert.equal(checkCnpj(value), undefined, value);
    }
    assert.equal(checkCnpj('12abc34501de35'), 'cnpj-format');
    assert.equal(checkCnpj('12ABС34501DE35'), 'cnpj-format', 'a Cyrillic С has the same value modulo 11');
    assert.equal(checkCnpj(normalizeCnpj('12.abc.345/01de-35')), undefined);
  });

  it('agrees with cpf-cnpj-validator on what it generates and on one changed character', () => {
    fc.assert(
      fc.property(fc.nat({ max: 13 }), fc.constantFrom(...Array.from('0123456789AZ')), (at, char) => {
        const value = cnpjOracle.generate();
        assert.equal(checkCnpj(value), undefined, value);
        const changed = value.slice(0, at) + char + value.slice(at + 1);
        assert.equal(checkCnpj(changed) === undefined, cnpjOracle.isValid(changed, true), changed);
      }),
      { numRuns: 500 },
    );
  });
});

describe('local bank codes', () => {
  it('accept the published examples', () => {
    assert.equal(checkIfsc('SBIN0000300'), undefined);
    assert.equal(checkBsb('062000'), undefined);
    assert.equal(checkSortCode('200000'), undefined);
    assert.equal(checkCnaps('102100099996'), undefined);
    // Federal Reserve Bank of Boston, JPMorgan Chase New York, Bank of America California.
    for (const aba of ['011000015', '021000021', '121000358']) assert.equal(checkAba(aba), undefined, aba);
  });

  it('refuse a wrong digit or prefix', () => {
    assert.equal(checkAba('021000022'), 'code-check-digit');
    assert.equal(checkAba('000000000'), 'code-check-digit');
    assert.equal(checkAba('131000013'), 'code-check-digit');
    assert.equal(checkAba('21000021'), 'code-format');
    assert.equal(checkIfsc('SBIN1000300'), 'code-format');
    assert.equal(checkIfsc('sbin0000300'), 'code-format');
    assert.equal(checkBsb('062-000'), 'code-format');
    assert.equal(checkSortCode('20000'), 'code-format');
    assert.equal(checkCnaps('10210009999'), 'code-format');
    assert.equal(checkSortCode(normalizeSortCode('20-00-00')), undefined);
  });

  it('notice any single changed digit of an ABA number', () => {
    fc.assert(
      fc.property(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const value = '021000021';
        const changed = value.slice(0, at) + String((Number(value[at]) + shift) % 10) + value.slice(at + 1);
        assert.notEqual(checkAba(changed), undefined);
      }),
    );
  });
});

describe('checkRequestId', () => {
  it('takes the length from the caller', () => {
    assert.equal(checkRequestId('A'.repeat(64)), undefined);
    assert.equal(checkRequestId('A'.repeat(65)), 'request-id-too-long');
    assert.equal(checkRequestId('A'.repeat(21), 20), 'request-id-too-long');
    assert.equal(checkRequestId('-a'), 'request-id-characters');
    assert.equal(checkRequestId('a\n'), 'request-id-characters');
    assert.equal(checkRequestId(''), 'request-id-empty');
  });
});
