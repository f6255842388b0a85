import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkField, normalizeField } from 'lesspay-elements/rules';

describe('a wallet number whose wallet is not chosen yet', () => {
  for (const provider of [undefined, '']) {
    const context = { method: 'ewallet', currency: 'PHP', provider } as const;

    it(`is read and checked as the currency's wallets take it (provider ${JSON.stringify(provider)})`, () => {
      assert.equal(normalizeField('wallet-account', '63 917 123 4567', context), '+639171234567');
      assert.equal(checkField('wallet-account', '+639171234567', context), undefined);
      assert.equal(checkField('wallet-account', '12345', context), 'wallet-account-format');
    });
  }

  it('says that a currency without wallets has none', () => {
    const context = { method: 'ewallet', currency: 'USD', provider: 'GCash' } as const;
    assert.equal(checkField('wallet-account', '+639171234567', context), 'wallet-account-unsupported');
  });
});
