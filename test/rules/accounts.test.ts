import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parsePhoneNumber } from 'libphonenumber-js/max';
import {
  checkBankAccount,
  checkEmail,
  checkPhone,
  checkPixKey,
  checkWalletAccount,
  checkWalletProvider,
  inferPixKeyType,
  isCardNumber,
  normalizeBankAccount,
  normalizePhone,
  normalizePixKey,
  normalizeWalletAccount,
  normalizeWalletProvider,
  PIX_KEY_TYPES,
  splitPhone,
  walletProviders,
} from 'lesspay-elements/rules';
import type { PixKeyType } from 'lesspay-elements/rules';
import validator from 'validator';

const digits = (min: number, max = min): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

describe('checkPixKey', () => {
  it('knows the area codes that libphonenumber knows', () => {
    for (let code = 0; code < 100; code += 1) {
      const area = String(code).padStart(2, '0');
      // 30xx numbers are valid but belong to no area.
      const isFixedLine = parsePhoneNumber(`+55${area}33334444`).getType() === 'FIXED_LINE';
      assert.equal(checkPixKey('phone', `+55${area}33334444`) === undefined, isFixedLine, area);
    }
  });

  it('takes mobile numbers only with their nine digits', () => {
    assert.equal(checkPixKey('phone', '+5511987654321'), undefined);
    assert.equal(checkPixKey('phone', '+551187654321'), 'pix-phone-format');
    assert.equal(
      checkPixKey('phone', '+5510998765432'),
      'pix-phone-area',
      "BCB's own example, whose area does not exist",
    );
    assert.equal(checkPixKey('phone', '+5511987654321\n'), 'pix-phone-format');
    assert.equal(checkPixKey('phone', '5511987654321'), 'pix-phone-format');
  });

  it('accepts no address that validator would refuse as an e-mail', () => {
    const part = fc.string({
      unit: fc.constantFrom(...Array.from('ab9._-+!#$&@ A\'`{|}~/=?^*%"é')),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        part,
        fc.string({ unit: fc.constantFrom(...Array.from('ab9.-')), minLength: 1, maxLength: 20 }),
        (local, domain) => {
          const value = `${local}@${domain}`;
          fc.pre(checkPixKey('email', value) === undefined);
          assert.ok(validator.isEmail(value, { ignore_max_length: true }) || !/\.[a-z]{2,}$/.test(value), value);
          assert.equal(value, value.toLowerCase());
          assert.equal(checkEmail(value), /\.[a-z][a-z0-9-]*$/.test(value) ? undefined : 'email-format');
        },
      ),
      { numRuns: 3000, maxSkipsPerRun: 1000 },
    );
  });

  it('limits e-mail keys to 77 characters', () => {
    const domain = '@exemplo.com.br';
    assert.equal(checkPixKey('email', 'a'.repeat(77 - domain.length) + domain), undefined);
    assert.equal(checkPixKey('email', 'a'.repeat(78 - domain.length) + domain), 'pix-email-too-long');
  });

  it('is stricter than DICT, which takes a domain without a dot and stray dots', () => {
    for (const value of ['user@localhost', '.user@exemplo.com', 'user.@exemplo.com', 'us..er@exemplo.com']) {
      assert.equal(checkPixKey('email', value), 'pix-email-format', value);
    }
  });

  it("takes a random key of any UUID version, as in BCB's example, in lower case only", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        assert.equal(checkPixKey('random', uuid), undefined);
        assert.equal(checkPixKey('random', uuid.toUpperCase()) === undefined, !/[a-f]/.test(uuid));
        assert.equal(normalizePixKey('random', `{${uuid.toUpperCase().replaceAll('-', '')}}`), uuid);
      }),
    );
    assert.equal(checkPixKey('random', '123e4567-e89b-12d3-a456-426655440000'), undefined);
    assert.equal(
      normalizePixKey('random', '123E4567–E89B–12D3–A456–426655440000'),
      '123e4567-e89b-12d3-a456-426655440000',
    );
  });

  it('refuses a type that is not one', () => {
    for (const type of ['evp', 'CPF', '', 'constructor', '__proto__'])
      assert.equal(checkPixKey(type, 'x'), 'pix-key-type');
    assert.equal(checkPixKey(1, 'x'), 'wrong-type');
    assert.deepEqual(PIX_KEY_TYPES, ['cpf', 'cnpj', 'email', 'phone', 'random']);
  });
});

describe('inferPixKeyType', () => {
  const typed: [string, PixKeyType | undefined, string?][] = [
    ['111.444.777-35', 'cpf', '11144477735'],
    ['11144477735', 'cpf', '11144477735'],
    ['12.ABC.345/01DE-35', 'cnpj', '12ABC34501DE35'],
    ['Foo@Bar.com', 'email', 'foo@bar.com'],
    ['(11) 98765-4321', 'phone', '+5511987654321'],
    ['11 98765-4321', 'phone', '+5511987654321'],
    ['+55 11 98765-4321', 'phone', '+5511987654321'],
    ['55 11 98765 4321', 'phone', '+5511987654321'],
    ['0055 11 98765-4321', 'phone', '+5511987654321'],
    ['011 98765-4321', 'phone', '+5511987654321'],
    ['11 3333-4444', 'phone', '+551133334444'],
    ['123E4567-E89B-12D3-A456-426655440000', 'random', '123e4567-e89b-12d3-a456-426655440000'],
    ['11144477736', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ];
  for (const [text, type, key] of typed) {
    it(`takes ${JSON.stringify(text.slice(0, 40))} for ${String(type)}`, () => {
      assert.equal(inferPixKeyType(text), type);
      if (type !== undefined) assert.equal(normalizePixKey(type, text), key);
    });
  }
});

describe('wallets', () => {
  it('are those of the documented table, spelt exactly', () => {
    assert.deepEqual(walletProviders('IDR'), ['Gopay', 'ShopeePay']);
    assert.deepEqual(walletProviders('PHP'), ['GCash', 'GrabPay', 'PayMaya']);
    assert.deepEqual(walletProviders('BRL'), ['PIX']);
    assert.deepEqual(walletProviders('USD'), []);
    assert.deepEqual(walletProviders('__proto__'), []);
    assert.equal(checkWalletProvider('IDR', 'GoPay'), 'wallet-provider-unknown');
    assert.equal(checkWalletProvider('IDR', 'GCash'), 'wallet-provider-unknown');
    assert.equal(checkWalletProvider('PHP', 'constructor'), 'wallet-provider-unknown');
    assert.equal(checkWalletProvider('php', 'GCash'), 'currency-unknown');
    assert.equal(checkWalletProvider('USD', 'GCash'), 'wallet-account-unsupported');
    assert.equal(normalizeWalletProvider('IDR', ' go pay '), 'Gopay');
    assert.equal(normalizeWalletProvider('PHP', 'gcash\u200b'), 'GCash');
    assert.equal(normalizeWalletProvider('PHP', 'GСash'), 'GСash', 'a Cyrillic С stays for the check to refuse');
  });

  it('take Philippine mobiles as validator does', () => {
    fc.assert(
      fc.property(fc.constantFrom('09', '+639', '639', '9', '08', '+638', '00639'), digits(7, 11), (prefix, rest) => {
        const value = prefix + rest;
        // The one form validator takes and the wire does not: 63 without its plus.
        fc.pre(!value.startsWith('63') && !value.startsWith('9'));
        assert.equal(
          checkWalletAccount('PHP', 'GCash', value) === undefined,
          validator.isMobilePhone(value, 'en-PH'),
          value,
        );
      }),
    );
  });

  it('take Indonesian mobiles of 10 to 13 digits, where validator also takes 9 and 14', () => {
    fc.assert(
      fc.property(fc.constantFrom('08', '+628', '628', '8'), digits(5, 13), (prefix, rest) => {
        const value = prefix + rest;
        const national = value.replace(/^(?:0|\+62)/, '');
        const expected =
          value !== national && /^8[1-9]/.test(national) && national.length >= 9 && national.length <= 12;
        assert.equal(checkWalletAccount('IDR', 'Gopay', value) === undefined, expected, value);
        if (expected) assert.ok(parsePhoneNumber(value, 'ID').isPossible(), value);
      }),
      { numRuns: 500 },
    );
  });

  const forms: [string, string, string][] = [
    ['PHP', '0917 123 4567', '09171234567'],
    ['PHP', '63917 123 4567', '+639171234567'],
    ['PHP', '+63 0917-123-4567', '+639171234567'],
    ['PHP', '0063 917 123 4567', '+639171234567'],
    ['PHP', '(0917) 123.4567', '09171234567'],
    ['PHP', '\u202d９１７１２３４５６７\u202c', '09171234567'],
    ['IDR', '62 812-3456-7890', '+6281234567890'],
    ['IDR', '812 3456 7890', '081234567890'],
    ['IDR', '0812 3456 7890', '081234567890'],
  ];
  for (const [currency, text, wire] of forms) {
    it(`write ${text} as ${wire}`, () => {
      const provider = walletProviders(currency)[0] ?? '';
      assert.equal(normalizeWalletAccount(currency, provider, text), wire);
      assert.equal(checkWalletAccount(currency, provider, wire), undefined);
    });
  }

  it('leave what is no such number for the check to refuse', () => {
    for (const text of ['gcash:09171234567', '08l234567890', '+63281234567', '09171234567890']) {
      const wire = normalizeWalletAccount('PHP', 'GCash', text);
      assert.equal(checkWalletAccount('PHP', 'GCash', wire), 'wallet-account-format', wire);
    }
  });

  it('take a PIX key of any type as the account', () => {
    assert.equal(checkWalletAccount('BRL', 'PIX', '11144477735'), undefined);
    assert.equal(checkWalletAccount('BRL', 'PIX', '+5511987654321'), undefined);
    assert.equal(checkWalletAccount('BRL', 'PIX', '11987654321'), 'wallet-account-format');
    assert.equal(normalizeWalletAccount('BRL', 'PIX', '(11) 98765-4321'), '+5511987654321');
  });
});

describe('checkBankAccount', () => {
  // Published test numbers of the networks.
  const cards = [
    '4111111111111111',
    '4222222222222',
    '4012888888881881003',
    '5555555555554444',
    '2223003122003222',
    '378282246310005',
    '6011111111111117',
    '30569309025904',
    '3530111333300000',
    '6200000000000005',
    '6759649826438453',
  ];
  for (const card of cards) {
    it(`refuses the card ${card} everywhere but where cards are paid to`, () => {
      assert.equal(checkBankAccount(card), 'card-number');
      assert.equal(checkBankAccount(card, 'MY'), 'card-number');
      assert.equal(checkBankAccount(card, 'CN'), undefined);
    });
  }

  it('calls nothing a card that validator would not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('4', '51', '2221', '2720', '34', '6011', '36', '3528', '62', '81', '12'),
        digits(8, 17),
        (prefix, rest) => {
          const value = prefix + rest;
          if (isCardNumber(value)) assert.ok(validator.isLuhnNumber(value), value);
          else if (value.length === 16 && value.startsWith('51')) assert.ok(!validator.isCreditCard(value), value);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('keeps to 4–34 capitals and digits, and to 7–20 digits in Malaysia', () => {
    assert.equal(checkBankAccount('123'), 'account-length');
    assert.equal(checkBankAccount('1'.repeat(35)), 'account-length');
    assert.equal(checkBankAccount('AB12'), undefined);
    assert.equal(checkBankAccount('ab12'), 'account-format');
    assert.equal(checkBankAccount('12 34'), 'account-format');
    assert.equal(checkBankAccount('AB12', 'MY'), 'account-format');
    assert.equal(checkBankAccount('123456', 'MY'), 'account-length');
    assert.equal(checkBankAccount('123456789012345678901', 'MY'), 'account-length');
    assert.equal(checkBankAccount('0000000000', 'MY'), 'account-zeros');
    assert.equal(checkBankAccount('0000000000'), undefined);
    assert.equal(checkBankAccount(514012345678), 'wrong-type');
  });

  it('keeps leading zeros of a typed number', () => {
    assert.equal(normalizeBankAccount(' 00-1234.5678 '), '0012345678');
    assert.equal(normalizeBankAccount('５１４０１２３４５６７８'), '514012345678');
    assert.equal(normalizeBankAccount('12345678901a'), '12345678901A');
  });
});

describe('checkPhone', () => {
  it('takes E.164 and splits it where libphonenumber splits it', () => {
    for (const phone of [
      '+639171234567',
      '+6281234567890',
      '+5511987654321',
      '+12025550123',
      '+85251234567',
      '+27821234567',
      '+78005553535',
      '+2348012345678',
      '+4915112345678',
    ]) {
      assert.equal(checkPhone(phone), undefined);
      const { countryCallingCode, nationalNumber } = parsePhoneNumber(phone);
      assert.deepEqual(splitPhone(phone), { callingCode: countryCallingCode, number: nationalNumber }, phone);
    }
    assert.equal(checkPhone('639171234567'), 'phone-format');
    assert.equal(checkPhone('+0123456789'), 'phone-format');
    assert.equal(checkPhone('+63 917 123 4567'), 'phone-format');
    assert.equal(normalizePhone('00 63 (917) 123-4567'), '+639171234567');
    assert.equal(splitPhone('0917'), undefined);
  });
});
