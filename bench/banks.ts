const KINDS = ['Bank', 'Savings Bank', 'Rural Bank', 'Digital Bank', 'Commercial Bank', 'Development Bank'];
const PLACES = ['Manila', 'Cebu', 'Davao', 'Iloilo', 'Baguio', 'Makati', 'Batangas', 'Bohol', 'Laguna', 'Pampanga'];

/** What the proxy answers to `GET /banks` in the pages of the bench: 60 banks, as JSON. */
export const BANKS = JSON.stringify({
  banks: KINDS.flatMap((kind, k) => PLACES.map((place, p) => ({ code: `PH${k}${p}PHMM`, name: `${place} ${kind}` }))),
  fetchedAt: '2026-11-20T00:00:00.000Z',
  stale: false,
});
