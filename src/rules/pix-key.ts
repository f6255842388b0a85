import { checkCnpj, normalizeCnpj } from './cnpj.ts';
import { checkCpf, normalizeCpf } from './cpf.ts';
import { PIX_AREA_CODES } from './tables/pix-area-codes.ts';
import { lowerAscii, typedNumber, typedText } from './typed-text.ts';
import type { IssueCode, PixKeyType } from './types.ts';

/** The kinds of PIX key, in the order a form offers them. */
export const PIX_KEY_TYPES: readonly PixKeyType[] = ['cpf', 'cnpj', 'email', 'phone', 'random'];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Checks a PIX key as the exact wire value of its type (BCB, DICT API 2.x, anchored; area codes by Anatel). */
export function checkPixKey(type: unknown, value: unknown): IssueCode | undefined {
  if (typeof type !== 'string') return 'wrong-type';
  switch (type) {
    case 'cpf':
      return checkCpf(value);
    case 'cnpj':
      return checkCnpj(value);
    case 'email':
      return checkPixEmail(value);
    case 'phone':
      return checkPixPhone(value);
    case 'random':
      return checkPixRandom(value);
    default:
      return 'pix-key-type';
  }
}

function checkPixEmail(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > 77) return 'pix-email-too-long';
  // DICT's own pattern also takes a domain without a dot and dots at the ends of the local part; no mailbox has those.
  const local = /^[a-z0-9!#$&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$&'*+/=?^_`{|}~-]+)*$/;
  const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;
  const at = value.indexOf('@');
  return at > 0 && local.test(value.slice(0, at)) && domain.test(value.slice(at + 1)) ? undefined : 'pix-email-format';
}

function checkPixPhone(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > 14 || !/^\+55[0-9]{2}(?:9[0-9]{8}|[2-5][0-9]{7})$/.test(value)) return 'pix-phone-format';
  return PIX_AREA_CODES.has(value.slice(3, 5)) ? undefined : 'pix-phone-area';
}

function checkPixRandom(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  // Any version: BCB's own example has version nibble 1.
  return value.length === 36 && UUID.test(value) ? undefined : 'pix-random-format';
}

/** Turns a typed PIX key of a known type into its wire form. */
export function normalizePixKey(type: PixKeyType, text: string): string {
  switch (type) {
    case 'cpf':
      return normalizeCpf(text);
    case 'cnpj':
      return normalizeCnpj(text);
    case 'email':
      return lowerAscii(typedText(text))
        .replaceAll(' ', '')
        .replace(/^mailto:/, '');
    case 'phone':
      return normalizePixPhone(text);
    case 'random':
      return normalizePixRandom(text);
    default:
      return typedText(text);
  }
}

function normalizePixPhone(text: string): string {
  const number = typedNumber(text);
  const [, rest] = /^(?:\+55|0055|55(?=[0-9]{10,11}$))?0?([1-9][0-9]{9,10})$/.exec(number) ?? [];
  return rest === undefined ? number : `+55${rest}`;
}

function normalizePixRandom(text: string): string {
  const hex = lowerAscii(typedText(text))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[ {}]/g, '');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : hex;
}

/** Suggests the type of a typed PIX key; undefined where nothing fits. Eleven digits that pass as a CPF are taken for one. */
export function inferPixKeyType(text: string): PixKeyType | undefined {
  const typed = typedText(text);
  if (typed === '' || typed.length > 140) return undefined;
  if (typed.includes('@')) return 'email';
  // A plus, brackets or a Brazilian country code in front only occur in telephone numbers.
  const types: readonly PixKeyType[] = /^[+(]/.test(typed) ? ['phone'] : ['random', 'cpf', 'cnpj', 'phone'];
  return types.find((type) => checkPixKey(type, normalizePixKey(type, typed)) === undefined);
}
