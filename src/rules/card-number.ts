/** A network's prefixes and its lengths, shortest and longest (a list where they are not a range). */
type Network = readonly [prefix: RegExp, lengths: readonly number[]];

const UP_TO_19 = [16, 17, 18, 19];

// Ranges and lengths as the networks publish them (ISO/IEC 7812), read 2026-11-20. Maestro counts with its well-known
// ranges only: everything that begins with 50 or 56–69 would refuse too many bank accounts.
const NETWORKS: readonly Network[] = [
  [/^4/, [13, 16, 19]], // Visa
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]], // Mastercard
  [/^3[47]/, [15]], // American Express
  [/^(?:6011|64[4-9]|65)/, UP_TO_19], // Discover
  [/^(?:30[0-5]|3095|36|38|39)/, [14, 16]], // Diners Club
  [/^35(?:2[89]|[3-8])/, UP_TO_19], // JCB
  [/^(?:62|81)/, UP_TO_19], // UnionPay
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [12, 13, 14, 15, ...UP_TO_19]], // Maestro
];

/** Whether digits are a payment card's number: a network's prefix, that network's length, and the Luhn check digit. */
export function isCardNumber(value: string): boolean {
  return (
    value.length >= 12 &&
    value.length <= 19 &&
    /^[0-9]+$/.test(value) &&
    hasLuhnDigit(value) &&
    NETWORKS.some(([prefix, lengths]) => lengths.includes(value.length) && prefix.test(value))
  );
}

function hasLuhnDigit(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < value.length; index += 1) {
    const digit = value.charCodeAt(value.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
