import { checkCnpj, normalizeCnpj } from './cnpj.ts';
import { isEmail, normalizeEmail } from './contact.ts';
import { checkCpf, normalizeCpf } from './cpf.ts';
import { PIX_AREA_CODE } from './tables/pix-area-codes.ts';
import { lowerAscii, plainDashes, typedNumber, typedText } from './typed-text.ts';
import type { IssueCode, PixKeyType } from './types.ts';

function checkPixEmail(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > 77) return 'pix-email-too-long';
  // DICT's own pattern also takes a domain without a dot and dots at the ends of the local part; no mailbox has those.
  return /[A-Z%]/.test(value) || !isEmail(value) ? 'pix-email-format' : undefined;
}

function checkPixPhone(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > 14 || !/^\+55[0-9]{2}(?:9[0-9]{8}|[2-5][0-9]{7})$/.test(value)) return 'pix-phone-format';
  return PIX_AREA_CODE.test(value.slice(3, 5)) ? undefined : 'pix-phone-area';
}

function checkPixRandom(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  // Any version: BCB's own example has version nibble 1.
  const isUuid = value.length === 36 && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
  return isUuid ? undefined : 'pix-random-format';
}

function normalizePixPhone(text: string): string {
  const number = typedNumber(text);
  const [, rest] = /^(?:\+55|0055|55(?=[0-9]{10,11}$))?0?([1-9][0-9]{9,10})$/.exec(number) ?? [];
  return rest === undefined ? number : `+55${rest}`;
}

function normalizePixRandom(text: string): string {
  const hex = lowerAscii(plainDashes(typedText(text))).replace(/[ {}]/g, '');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : hex;
}

/** What each kind of key is made of, in the order a form offers them. */
const KINDS: Readonly<
  Record<PixKeyType, readonly [normalize: (text: string) => string, check: (value: unknown) => IssueCode | undefined]>
> = {
  cpf: [normalizeCpf, checkCpf],
  cnpj: [normalizeCnpj, checkCnpj],
  email: [(text) => lowerAscii(normalizeEmail(text)), checkPixEmail],
  phone: [normalizePixPhone, checkPixPhone],
  random: [normalizePixRandom, checkPixRandom],
};

/** The kinds of PIX key, in the order a form offers them. */
export const PIX_KEY_TYPES = /* @__PURE__ */ Object.keys(KINDS) as readonly PixKeyType[];

const isKind = (type: string): type is PixKeyType => Object.hasOwn(KINDS, type);

/** Checks a PIX key as the exact wire value of its type (BCB, DICT API 2.x, anchored; area codes by Anatel). */
export function checkPixKey(type: unknown, value: unknown): IssueCode | undefined {
  if (typeof type !== 'string') return 'wrong-type';
  return isKind(type) ? KINDS[type][1](value) : 'pix-key-type';
}

/** Turns a typed PIX key of a known type into its wire form. */
export function normalizePixKey(type: PixKeyType, text: string): string {
  return (isKind(type) ? KINDS[type][0] : typedText)(text);
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
