import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkAmount,
  checkBankAccount,
  checkBic,
  checkCallbackUrl,
  checkCheckoutUrl,
  checkCnpj,
  checkCountry,
  checkCpf,
  checkCurrency,
  checkIban,
  checkName,
  checkPixKey,
  checkRequestId,
  checkWalletAccount,
  checkWalletProvider,
  normalizeAmount,
  normalizeBankAccount,
  normalizeBic,
  normalizeCallbackUrl,
  normalizeCheckoutUrl,
  normalizeCnpj,
  normalizeCountry,
  normalizeCpf,
  normalizeCurrency,
  normalizeIban,
  normalizeName,
  normalizePixKey,
  normalizeRequestId,
  normalizeWalletAccount,
  normalizeWalletProvider,
  parseRecipient,
} from 'lesspay-elements/rules';
import type { IssueCode } from 'lesspay-elements/rules';
import { INPUT_CASES, type InputCase } from '../vectors/input-cases.ts';

interface Pair {
  check: (value: unknown, theCase: InputCase) => IssueCode | undefined;
  normalize: (text: string, theCase: InputCase) => string;
}

const HOSTS = ['pay.lesspay.example'];
/** Amount cases name their currency at the start of the reason. */
const currencyOf = ({ why }: InputCase): string => /^([A-Z]{3}):/.exec(why)?.[1] ?? 'USD';
const member = (value: unknown, name: string): unknown => (value as Record<string, unknown>)[name];

const PAIRS: Record<string, Pair> = {
  amount: {
    check: (value, theCase) => checkAmount(value, currencyOf(theCase)),
    normalize: (text, theCase) => normalizeAmount(text, currencyOf(theCase)),
  },
  amount_type: { check: (value) => checkAmount(value, 'USD'), normalize: (text) => normalizeAmount(text, 'USD') },
  bic: { check: (value) => checkBic(value), normalize: normalizeBic },
  checkout_url: { check: (value) => checkCheckoutUrl(value, HOSTS), normalize: normalizeCheckoutUrl },
  cnpj: { check: checkCnpj, normalize: normalizeCnpj },
  country: { check: (value) => checkCountry(value), normalize: normalizeCountry },
  cpf: { check: checkCpf, normalize: normalizeCpf },
  currency: { check: (value) => checkCurrency(value), normalize: normalizeCurrency },
  iban: { check: checkIban, normalize: normalizeIban },
  idr_wallet_mobile: {
    check: (value) => checkWalletAccount('IDR', 'Gopay', value),
    normalize: (text) => normalizeWalletAccount('IDR', 'Gopay', text),
  },
  my_account: { check: (value) => checkBankAccount(value, 'MY'), normalize: normalizeBankAccount },
  name: { check: checkName, normalize: normalizeName },
  notify_url: { check: (value) => checkCallbackUrl(value), normalize: normalizeCallbackUrl },
  php_wallet_mobile: {
    check: (value) => checkWalletAccount('PHP', 'GCash', value),
    normalize: (text) => normalizeWalletAccount('PHP', 'GCash', text),
  },
  pix_combo: {
    check: (value) => {
      const result = parseRecipient(
        {
          method: 'ewallet',
          provider: 'PIX',
          accountType: 'business',
          holderName: 'Fulano de Tal',
          accountNumber: member(value, 'deposit_key'),
          depositKeyType: member(value, 'deposit_key_type'),
          depositKey: member(value, 'deposit_key'),
        },
        { currency: String(member(value, 'currency')) },
      );
      return result.ok ? undefined : result.issues[0]?.code;
    },
    normalize: (text) => text,
  },
  pix_email: { check: (value) => checkPixKey('email', value), normalize: (text) => normalizePixKey('email', text) },
  pix_phone: { check: (value) => checkPixKey('phone', value), normalize: (text) => normalizePixKey('phone', text) },
  pix_random: { check: (value) => checkPixKey('random', value), normalize: (text) => normalizePixKey('random', text) },
  request_id: { check: (value) => checkRequestId(value), normalize: normalizeRequestId },
  request_id_type: { check: (value) => checkRequestId(value), normalize: normalizeRequestId },
  wallet_provider: {
    check: (value) => checkWalletProvider(member(value, 'currency'), member(value, 'provider')),
    normalize: (text) => normalizeWalletProvider('PHP', text),
  },
};

/** Fields that are about the proxy, the webhook or the page, and have no rule of their own. */
const ELSEWHERE = new Set([
  'create_order_extra_fields',
  'http_request',
  'signature_header',
  'timestamp_header',
  'upstream_text',
  'webhook_raw_body',
  'webhook_semantics',
]);

describe('the input cases', () => {
  it('leave no field without a rule', () => {
    const fields = new Set(INPUT_CASES.map(({ field }) => field).filter((field) => !ELSEWHERE.has(field)));
    assert.deepEqual([...fields].sort(), Object.keys(PAIRS).sort());
  });

  for (const [field, { check, normalize }] of Object.entries(PAIRS)) {
    describe(field, () => {
      for (const theCase of INPUT_CASES.filter((each) => each.field === field)) {
        const { id, value, valid, why, normalizes_to: normalized } = theCase;
        it(`${valid ? 'accepts' : 'refuses'} ${id}: ${why}`, () => {
          const issue = check(value, theCase);
          assert.equal(issue === undefined, valid, `got ${String(issue)}`);
          if (typeof value !== 'string') return;
          const wire = normalize(value, theCase);
          assert.equal(normalize(wire, theCase), wire, 'normalizing twice changes nothing');
          if (valid && !/^https:/i.test(value)) assert.equal(check(wire, theCase), undefined, `normalized to ${wire}`);
          if (normalized === undefined) return;
          assert.equal(wire, normalized);
          assert.equal(check(wire, theCase), undefined, 'the normalized value is acceptable');
        });
      }
    });
  }
});
