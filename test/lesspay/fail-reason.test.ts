import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayoutFailure } from '../../src/protocol/status.ts';
import { readFailReason } from '../../src/lesspay/fail-reason.ts';

const CERTAIN: readonly (readonly [text: string, failure: PayoutFailure])[] = [
  ['30003', 'review-rejected'],
  ['Review rejected', 'review-rejected'],
  ['30006: invalid bank account', 'account-invalid'],
  ['ACCOUNT_NOT_FOUND', 'account-invalid'],
  ['Beneficiary account does not exist.', 'account-invalid'],
  ['closed account', 'account-invalid'],
  ['The wallet is not registered', 'account-invalid'],
  ['name mismatch', 'name-mismatch'],
  ['Holder name does not match', 'name-mismatch'],
  ['INCORRECT_BENEFICIARY_NAME', 'name-mismatch'],
  ['account name invalid', 'name-mismatch'],
  ['The account holder name doesn’t match', 'name-mismatch'],
  ['non-existent account', 'account-invalid'],
  ['Insufficient balance', 'balance-insufficient'],
  ['merchant account has insufficient available funds', 'balance-insufficient'],
  ['Amount exceeds the daily limit', 'limit-exceeded'],
  ['TRANSACTION_LIMIT_EXCEEDED', 'limit-exceeded'],
  ['Receiving bank is temporarily unavailable', 'bank-unavailable'],
  ['bank under maintenance', 'bank-unavailable'],
];

describe('readFailReason', () => {
  for (const [text, failure] of CERTAIN) {
    it(`reads “${text}” as ${failure}`, () => assert.equal(readFailReason(text), failure));
  }

  for (const text of [
    '',
    'All transfers failed',
    'The receiving institution refused the transfer',
    'Sanctions list',
    'The name matches a sanctions list',
    // A time-out is no reason that the recipient's bank gave.
    'channel timeout',
    // The sender's account, not the recipient's.
    'merchant account frozen',
    'Invalid account or name mismatch',
    '1230006',
  ]) {
    it(`makes nothing of “${text}”`, () => assert.equal(readFailReason(text), undefined));
  }

  it('is quick with a long text that almost says something', () => {
    const text = 'invalid a b name account a '.repeat(20_000);
    // Processor time: a busy machine holds up the clock on the wall.
    const start = process.cpuUsage();
    readFailReason(text);
    assert.ok(process.cpuUsage(start).user < 200_000);
  });
});
