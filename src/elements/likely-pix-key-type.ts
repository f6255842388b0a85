import { inferPixKeyType } from '../rules/pix-key.ts';
import { typedNumber } from '../rules/typed-text.ts';
import type { PixKeyType } from '../rules/types.ts';

/** The type of a PIX key as it is typed: the one it fits, or where it is punctuated the one that is written so. */
export function typedPixKeyType(text: string): PixKeyType | undefined {
  // 012.345.678-91 is a mistyped CPF, although its digits are those of a telephone, too.
  return /\d\.\d{3}\.\d{3}/.test(text) ? likelyPixKeyType(text) : inferPixKeyType(text);
}

/** What a PIX key that fits no type was most likely meant to be, by its shape; undefined where that says nothing. */
export function likelyPixKeyType(text: string): PixKeyType | undefined {
  if (/^\s*(?:[+(]|\d\d\s|55\d{10,11}\s*$)/.test(text)) return 'phone';
  const key = typedNumber(text);
  if (/^\d{9,12}$/.test(key)) return 'cpf';
  if (/^[\dA-Z]{7,14}\d\d$/i.test(key)) return 'cnpj';
  return /^[\da-f]{20,40}$/i.test(key) ? 'random' : undefined;
}
