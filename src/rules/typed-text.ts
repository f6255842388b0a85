/** Longer text cannot become a valid value and is not worth the work. */
const MAX_TYPED = 4096;

/** Text as typed or pasted: invisible characters gone, full-width forms and foreign digits as ASCII, white space as spaces, ends trimmed. */
export function typedText(text: unknown): string {
  if (typeof text !== 'string') return '';
  if (text.length > MAX_TYPED || /^[!-~]*$/.test(text)) return text;
  return (
    text
      // U+FEFF, which shows nothing, counts as white space too.
      .replace(/[^\S\uFEFF]|\u0085/g, ' ')
      .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
      .replace(/[\u0660-\uABF9]/g, asciiDigit)
      .trim()
  );
}

/** A digit of any script as an ASCII one. In Unicode's basic plane the zero of each script stands at …0 or …6. */
function asciiDigit(char: string): string {
  if (!/\p{Nd}/u.test(char)) return char;
  const code = char.charCodeAt(0);
  const low = code % 16;
  return String(/\p{Nd}/u.test(String.fromCharCode(code - low)) ? low : low - 6);
}

/** ASCII letters upper-cased. `toUpperCase` would also turn ı into I and ß into SS, and so invent characters nobody typed. */
export function upperAscii(text: string): string {
  return text.length > MAX_TYPED ? text : text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** ASCII letters lower-cased; as `upperAscii`, it leaves K (the Kelvin sign) and its like alone. */
export function lowerAscii(text: string): string {
  return text.length > MAX_TYPED ? text : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Every kind of dash as the one of the keyboard. */
export function plainDashes(text: string): string {
  return text.replace(/[\u2010-\u2015\u2212]/g, '-');
}

/** Spaces and every kind of dash, also the long vowel mark that Japanese keyboards write for one. */
const SPACES_AND_DASHES = /[ \-\u2010-\u2015\u2212\u30FC\uFE58\uFE63\uFF70]/g;

function withoutSpaces(text: string): string {
  return text.length > MAX_TYPED ? text : text.replace(SPACES_AND_DASHES, '');
}

/** A code as typed: no spaces or dashes, upper case. */
export function typedCode(text: unknown): string {
  return upperAscii(withoutSpaces(typedText(text)));
}

/** A number as typed: no spaces, dashes, dots, slashes or brackets; letters stay, so that a check can refuse them. */
export function typedNumber(text: unknown): string {
  return typedText(text)
    .replace(SPACES_AND_DASHES, '')
    .replace(/[./()]/g, '');
}
