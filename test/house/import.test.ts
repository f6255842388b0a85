import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

/** Lit brings a registry to Node, for rendering on a server; a browser's is the same to its user. */
const registered = (tag: string): unknown =>
  (globalThis as { customElements?: { get(tag: string): unknown } }).customElements?.get(tag);

describe('importing the package in plain Node', () => {
  it('works, and registers nothing', async () => {
    const { LesspayCheckout, LesspayErrorEvent, LesspayPaymentStatus } = await import('lesspay-elements');
    assert.equal(typeof LesspayCheckout, 'function');
    assert.equal(typeof LesspayPaymentStatus, 'function');
    for (const tag of [
      'lesspay-checkout',
      'lesspay-payment-status',
      'lesspay-recipient-form',
      'lesspay-bank-picker',
      'lesspay-payout-status',
      'lesspay-payout-batch',
    ]) {
      assert.equal(registered(tag), undefined, `${tag} is registered by an import that must only export`);
    }
    const event = new LesspayErrorEvent({ code: 'network', retryable: true, message: 'cut off', text: 'Try again' });
    assert.deepEqual([event.type, event.code, event.bubbles], ['lesspay-error', 'network', true]);
  });

  it('works for the registering entry, too, as a server that renders pages does it', async () => {
    await assert.doesNotReject(import('lesspay-elements/define'));
  });

  it('adds a text without a page', async () => {
    const { registerLocale } = await import('lesspay-elements');
    assert.doesNotThrow(() => registerLocale('ms', { checkout: { pay: 'Bayar' } }));
  });
});
