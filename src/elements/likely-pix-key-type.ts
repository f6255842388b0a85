import { typedNumber } from '../rules/typed-text.ts';
import type { PixKeyType } from '../rules/types.ts';

/** What a PIX key that fits no type was most likely meant to be, by its shape; undefined where that says nothing. */
export function likelyPixKeyType(text: string): PixKeyType | undefined {
  if (/^\s*(?:[+(]|\d\d\s|55\d{10,11}\s*$)/.test(text)) return 'phone';
  const key = typedNumber(text);
  if (/^\d{9,12}$/.test(key)) return 'cpf';
  if (/^[\dA-Z]{7,14}\d\d$/i.test(key)) return 'cnpj';
  return /^[\da-f]{20,40}$/i.test(key) ? 'random' : undefined;
}
