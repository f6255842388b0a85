import { checkAmount } from '../../rules/amount.ts';
import { checkCallbackUrl } from '../../rules/callback-url.ts';
import { checkRequestId } from '../../rules/request-id.ts';
import { isLoopback, type ProxyConfig } from '../config.ts';
import type { Logger } from '../journal/log.ts';
import { PAYIN_REQUEST_ID_LENGTH } from '../lifecycle/request-id.ts';
import { merchantError } from '../merchant/ask-merchant.ts';
import type { PricedOrder } from '../options.ts';

/** An order that is fit to be sent, except for the request id in its two URLs. */
export type CheckedOrder = Omit<PricedOrder, 'expiresInSeconds'> & { expiresInSeconds: number };

/** Limits of Create Payin (Lesspay demo, CreatePayinOrderDTO; read 2026-11-20). */
const MAX_PRODUCT_NAME = 30;
const MAX_DESCRIPTION = 50;
const MAX_URL = 255;
/** The platform's own default (Lesspay docs, Local Payment Methods). */
const DEFAULT_EXPIRY_SECONDS = 1800;
const MAX_EXPIRY_SECONDS = 30 * 86_400;

/** Decimals of the crypto currencies that Lesspay lists next to ISO 4217 (Lesspay docs, Parameter Specifications). */
const CRYPTO_DECIMALS: Readonly<Record<string, number>> = { BTC: 8, ETH: 18, USDC: 6, USDT: 6 };

/** Says which member of `resolveOrder`'s answer cannot be sent, and why. */
export function checkPricedOrder(order: PricedOrder, config: ProxyConfig, hasAuthorizeStatus: boolean): CheckedOrder {
  const value = order as unknown as Readonly<Record<string, unknown>>;
  const amount = requireText(value, 'amount');
  const currency = requireText(value, 'currency');
  checkPrice(amount, currency);
  const expiresInSeconds = value.expiresInSeconds ?? DEFAULT_EXPIRY_SECONDS;
  if (
    typeof expiresInSeconds !== 'number' ||
    !Number.isInteger(expiresInSeconds) ||
    expiresInSeconds < 60 ||
    expiresInSeconds > MAX_EXPIRY_SECONDS
  ) {
    throw wrong('expiresInSeconds', `must be a whole number from 60 to ${MAX_EXPIRY_SECONDS}`);
  }
  const { requestId, threeDSecure } = value;
  if (requestId !== undefined) {
    const issue = typeof requestId === 'string' ? checkRequestId(requestId, PAYIN_REQUEST_ID_LENGTH) : 'wrong-type';
    if (issue !== undefined) throw wrong('requestId', issue);
    if (!hasAuthorizeStatus) {
      throw wrong(
        'requestId',
        'needs payin.authorizeStatus, which decides who may read a status whose id can be guessed',
      );
    }
  }
  if (threeDSecure !== undefined && typeof threeDSecure !== 'boolean') throw wrong('threeDSecure', 'must be a boolean');
  const checked: CheckedOrder = {
    amount,
    currency,
    productName: requireText(value, 'productName'),
    description: requireText(value, 'description'),
    successUrl: requireText(value, 'successUrl'),
    failUrl: requireText(value, 'failUrl'),
    expiresInSeconds,
  };
  for (const name of TOKENS) {
    const token = optionalToken(value, name);
    if (token !== undefined) checked[name] = token;
  }
  if (threeDSecure !== undefined) checked.threeDSecure = threeDSecure;
  if (requestId !== undefined) checked.requestId = requestId as string;
  for (const name of RETURN_URLS) checkReturnTemplate(name, checked[name], config);
  return checked;
}

const TOKENS = ['wayType', 'wayCode', 'transactionNetwork'] as const;

/** Any id of the full length stands for the one to come. */
const SAMPLE_ID = '0'.repeat(PAYIN_REQUEST_ID_LENGTH);
const RETURN_URLS = ['successUrl', 'failUrl'] as const;

/**
 * The return URLs that have passed, by configuration, which alone decides: most shops have two, and checking them takes 7 % of
 * opening a payment.
 */
const passed = new WeakMap<ProxyConfig, Set<string>>();
/** URLs that name their order are seen once and must not pile up. */
const MAX_PASSED = 100;

function checkReturnTemplate(name: string, template: string, config: ProxyConfig): void {
  const known = passed.get(config) ?? new Set<string>();
  if (known.has(template)) return;
  checkReturnUrl(name, fillRequestId(template, SAMPLE_ID), config);
  if (known.size >= MAX_PASSED) known.clear();
  passed.set(config, known.add(template));
}

function checkPrice(amount: string, currency: string): void {
  const decimals = Object.hasOwn(CRYPTO_DECIMALS, currency) ? CRYPTO_DECIMALS[currency] : undefined;
  if (decimals === undefined) {
    const issue = checkAmount(amount, currency);
    if (issue === 'currency-unknown') throw wrong('currency', issue);
    if (issue !== undefined) throw wrong('amount', issue);
    return;
  }
  const pattern = new RegExp(`^(?:0|[1-9]\\d{0,11})(?:\\.\\d{1,${decimals}})?$`);
  if (!pattern.test(amount)) throw wrong('amount', 'amount-format');
  if (/^[0.]+$/.test(amount)) throw wrong('amount', 'amount-zero');
}

function checkReturnUrl(name: string, url: string, config: ProxyConfig): void {
  if (url.length > MAX_URL) throw wrong(name, `is longer than ${MAX_URL} characters`);
  // A shop under development returns to this machine, which no published URL may name.
  if (config.publicIsLoopback && /^https?:\/\/[^\s\\@#]+$/.test(url) && URL.canParse(url) && isLoopback(new URL(url)))
    return;
  const issue = checkCallbackUrl(url, { allowHttp: config.publicIsLoopback });
  if (issue !== undefined) throw wrong(name, issue);
}

/** Puts the payment's id where the merchant left room for it, also where a URL object has escaped the braces. */
export function fillRequestId(url: string, requestId: string): string {
  const filled = url.replaceAll('{requestId}', requestId);
  return filled.includes('%7') ? filled.replaceAll(/%7BrequestId%7D/gi, requestId) : filled;
}

const CUT = [
  { member: 'productName', limit: MAX_PRODUCT_NAME },
  { member: 'description', limit: MAX_DESCRIPTION },
] as const;

/** Makes the function that tells the log, once for each text, that the platform's limit cuts what the shop sends. */
export function createCutWarning(logger: Logger): (order: CheckedOrder) => void {
  const told = new Set<string>();
  return (order) => {
    for (const { member, limit } of CUT) {
      if (order[member].length <= limit || told.has(member)) continue;
      told.add(member);
      logger.warn({ event: 'text-cut', member, limit });
    }
  };
}

function requireText(value: Readonly<Record<string, unknown>>, name: string): string {
  const text = value[name];
  if (typeof text !== 'string') throw wrong(name, text === undefined ? 'is missing' : 'must be a string');
  if (text.trim() === '') throw wrong(name, 'is empty');
  return text;
}

function optionalToken(value: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const text = value[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(text)) {
    throw wrong(name, 'must be the name that the platform assigned');
  }
  return text;
}

function wrong(name: string, what: string) {
  return merchantError(`payin.resolveOrder: ${name}: ${what}.`);
}
