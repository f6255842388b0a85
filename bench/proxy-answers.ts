const KINDS = ['Bank', 'Savings Bank', 'Rural Bank', 'Digital Bank', 'Commercial Bank', 'Development Bank'];
const PLACES = ['Manila', 'Cebu', 'Davao', 'Iloilo', 'Baguio', 'Makati', 'Batangas', 'Bohol', 'Laguna', 'Pampanga'];

/** What the proxy answers in the pages of the bench, by path: 60 banks, a payment and a payout under way. */
export const PROXY_ANSWERS: Readonly<Record<string, object>> = {
  '/lesspay/banks': {
    banks: KINDS.flatMap((kind, k) => PLACES.map((place, p) => ({ code: `PH${k}${p}PHMM`, name: `${place} ${kind}` }))),
    fetchedAt: '2026-11-20T00:00:00.000Z',
    stale: false,
  },
  '/lesspay/payins/LP0001': {
    requestId: 'LP0001',
    status: 'pending',
    final: false,
    amount: '1250.00',
    currency: 'PHP',
  },
  '/lesspay/payouts/LP0001': {
    requestId: 'LP0001',
    status: 'processing',
    final: false,
    total: '1250.00',
    currency: 'PHP',
    details: [{ reference: 'INV-1', amount: '1250.00', status: 'processing' }],
  },
};
