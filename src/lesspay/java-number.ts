const INTEGER = /^-?[0-9]+$/;
const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * The text Java prints for a JSON number: integers as digits, anything with a point or an exponent as `BigDecimal.toString`
 * (`100.00` stays, `1e3` becomes `1E+3`, `0.0000001` becomes `1E-7`).
 */
export function javaNumberText(json: string): string {
  if (INTEGER.test(json)) return json === '-0' ? '0' : json;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(json) ?? [];
  const digits = (whole + fraction).replace(/^0+(?=[0-9])/, '');
  // BigDecimal has no negative zero.
  const minus = digits === '0' ? '' : sign;
  // bigint: an exponent may be longer than a double can count.
  const scale = BigInt(fraction.length) - BigInt(exponent);
  const adjusted = BigInt(digits.length - 1) - scale;
  if (scale === 0n) return minus + digits;
  if (scale > 0n && adjusted >= -6n) {
    const places = Number(scale);
    const padded = digits.padStart(places + 1, '0');
    return `${minus}${padded.slice(0, -places)}.${padded.slice(-places)}`;
  }
  const mantissa = digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits;
  return `${minus}${mantissa}E${adjusted > 0n ? '+' : ''}${adjusted.toString()}`;
}
