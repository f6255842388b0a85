/** Credentials of the built-in sandbox. They open nothing else. */
export const SANDBOX = {
  lesspay: { appId: 'demo-shop-000000000001', appSecret: 'sandbox-secret-that-opens-nothing' },
  leanx: {
    authToken: `LP-00000000-MM|00000000-0000-4000-8000-000000000001|${'0123456789abcdef'.repeat(8)}`,
    hashKey: '0123456789abcdef'.repeat(8),
    poolReference: 'VA-000000-000000000001-PAYOUT',
  },
};
