/** What the doctor looks at, in the order in which it reports. */
export const CHECKS = {
  configuration: 'configuration',
  secrets: 'secrets',
  store: 'store',
  limiter: 'limiter',
  lesspay: 'Lesspay',
  leanx: 'LeanX',
  clock: 'clock',
  'checkout-hosts': 'checkout hosts',
  webhooks: 'webhooks',
  'body-parser': 'body parser',
  'same-secret': 'same secret',
  'server-clock': "server's clock",
  'payout-guard': 'payout guard',
} as const;

/** One of {@link CHECKS}. */
export type Check = keyof typeof CHECKS;

/** What one look has found. Only a `problem` makes the command fail. */
export interface Finding {
  check: Check;
  status: 'ok' | 'problem' | 'warning' | 'skipped';
  /** What is so, in plain words; never a secret. */
  says: string;
  /** How to mend it. */
  remedy?: string;
}

/** Makes the findings of one check. */
export function findingsOf(check: Check): {
  ok: (says: string) => Finding;
  skipped: (says: string) => Finding;
  warning: (says: string, remedy: string) => Finding;
  problem: (says: string, remedy: string) => Finding;
} {
  return {
    ok: (says) => ({ check, status: 'ok', says }),
    skipped: (says) => ({ check, status: 'skipped', says }),
    warning: (says, remedy) => ({ check, status: 'warning', says, remedy }),
    problem: (says, remedy) => ({ check, status: 'problem', says, remedy }),
  };
}
