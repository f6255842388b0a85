import { randomBytes, randomInt } from 'node:crypto';

/** An order id of the shape seen in the documentation: a prefix and 19 digits (`P1988199177890902017`). */
export function orderId(prefix: 'P' | 'PO' | 'POD'): string {
  const digits = Array.from({ length: 9 }, () => randomInt(10)).join('');
  return `${prefix}20${randomInt(10)}${digits}${Array.from({ length: 7 }, () => randomInt(10)).join('')}`;
}

/** An unguessable token for a checkout URL. */
export function checkoutToken(): string {
  return randomBytes(20).toString('base64url');
}

/** Lower-case hex digits. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}
