/** One thing the shop sells. Prices live here, on the server, in centavos. */
export interface Product {
  id: string;
  name: string;
  kind: string;
  about: string;
  priceCents: number;
}

export const PRODUCTS: readonly Product[] = [
  {
    id: 'tasa',
    name: 'Tasa',
    kind: 'Mug, 320 ml',
    about: 'Dipped in iron glaze, bare clay at the foot.',
    priceCents: 48_000,
  },
  {
    id: 'mangkok',
    name: 'Mangkok',
    kind: 'Bowl, 18 cm',
    about: 'Celadon inside and out. Stacks with its kind.',
    priceCents: 62_000,
  },
  {
    id: 'pitsel',
    name: 'Pitsel',
    kind: 'Pitcher, 1.2 litres',
    about: 'Pours without a drip. Doubles as a vase.',
    priceCents: 125_000,
  },
];

export function findProduct(id: string): Product | undefined {
  return PRODUCTS.find((product) => product.id === id);
}

/** `125000` → `"1250.00"`, the decimal string that the proxy takes. */
export function decimal(cents: number): string {
  return `${String(Math.trunc(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
}

const pesos = new Intl.NumberFormat('en-PH', { style: 'currency', currency: 'PHP' });

/** `125000` → `"₱1,250.00"`, for people. */
export function price(cents: number): string {
  return pesos.format(cents / 100);
}
