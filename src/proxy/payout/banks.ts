import type { LeanxClient } from '../../leanx/client.ts';
import type { AccountCheckResponse, BanksResponse, LeanxBanksResponse } from '../../protocol/messages.ts';
import type { FieldError } from '../../protocol/problem.ts';
import { accountCheckRequest, readRequest } from '../../protocol/schemas.ts';
import { checkBankAccount } from '../../rules/bank-account.ts';
import { checkCountry } from '../../rules/country.ts';
import { checkCurrency } from '../../rules/currency.ts';
import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { parseQuery } from '../http/browser-request.ts';
import { jsonAnswer, type ProxyAnswer, type ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import { errorFields } from '../journal/log.ts';
import { compareHolderNames } from './holder-name.ts';

/** How long a bank list is taken as it is; LeanX says to refresh daily (LeanX docs, FAQ; read 2026-11-20). */
const FRESH_MS = 3_600_000;
/** How soon after a failed refresh the next one is tried. */
const RETRY_MS = 30_000;
/** A merchant has few corridors; more keys than this are somebody walking through the alphabet. */
const MAX_LISTS = 200;

interface Fetched<T> {
  banks: T;
  /** Epoch milliseconds. */
  fetchedAt: number;
}

interface Known<T> {
  last?: Fetched<T>;
  refreshing?: Promise<Fetched<T>>;
  failedAt?: number;
}

/** `GET /banks`: the banks that Lesspay pays to in a country. */
export function createBankList(context: ProxyContext): (call: ProxyCall) => Promise<ProxyAnswer> {
  const { lesspay, config } = context;
  const lists = new Map<string, Known<BanksResponse['banks']>>();

  return async function list(call) {
    const query = parseQuery(call.search, ['country', 'currency']);
    const country = query.get('country');
    const currency = query.get('currency');
    const errors: FieldError[] = [];
    if (country === undefined) errors.push({ path: 'country', code: 'required' });
    else if (checkCountry(country) !== undefined) errors.push({ path: 'country', code: 'country-unknown' });
    if (currency === undefined) errors.push({ path: 'currency', code: 'required' });
    else if (checkCurrency(currency) !== undefined) errors.push({ path: 'currency', code: 'currency-unknown' });
    if (country === undefined || currency === undefined || errors.length > 0) {
      throw new ProblemError('invalid-request', 'Ask with ?country=PH&currency=PHP.', { errors });
    }
    const route = config.routes.find((own) => own.currency === currency && own.method === 'bank');
    if (!route) {
      throw new ProblemError('no-route', `payout.routes has no bank channel for ${currency}.`, {
        errors: [{ path: 'currency', code: 'no-route' }],
      });
    }
    const key = `${country} ${currency}`;
    let known = lists.get(key);
    if (!known) {
      if (lists.size >= MAX_LISTS) lists.clear();
      known = {};
      lists.set(key, known);
    }
    const fetched = await current(context, known, () => lesspay.banks({ country, currency, wayCode: route.wayCode }));
    return jsonAnswer(200, withAge(fetched, known) satisfies BanksResponse);
  };
}

/** `GET /leanx/banks`: LeanX's live list, refreshed behind the answer; the last good one when LeanX is away. */
export function createLeanxBankList(context: ProxyContext, leanx: LeanxClient): () => Promise<ProxyAnswer> {
  const known: Known<LeanxBanksResponse['banks']> = {};

  return async function list() {
    const fetched = await current(context, known, async () =>
      (await leanx.listPayoutServices()).map(({ id, name, reference, active }) => ({ id, name, reference, active })),
    );
    return jsonAnswer(200, withAge(fetched, known) satisfies LeanxBanksResponse);
  };
}

/** A list with its time, and whether a refresh has failed since. */
function withAge<T>(
  { banks, fetchedAt }: Fetched<T>,
  { failedAt }: Known<T>,
): {
  banks: T;
  fetchedAt: string;
  stale: boolean;
} {
  const stale = failedAt !== undefined && failedAt >= fetchedAt;
  return { banks, fetchedAt: new Date(fetchedAt).toISOString(), stale };
}

/** The list as last fetched; an old one is refreshed in the background, and only the very first caller waits. */
async function current<T>(
  { now, track }: Pick<ProxyContext, 'now' | 'track'>,
  known: Known<T>,
  load: () => Promise<T>,
): Promise<Fetched<T>> {
  const time = now();
  const { last, failedAt } = known;
  const isDue = last === undefined || time - last.fetchedAt >= FRESH_MS;
  if (isDue && (last === undefined || failedAt === undefined || time - failedAt >= RETRY_MS)) {
    known.refreshing ??= refresh();
    if (last) track(known.refreshing).catch(() => undefined);
  }
  if (last) return last;
  try {
    return await (known.refreshing ?? refresh());
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new ProblemError('upstream-unavailable', 'The bank list could not be fetched. Ask again later.', {
      cause: error,
    });
  }

  async function refresh(): Promise<Fetched<T>> {
    try {
      const fetched = { banks: await load(), fetchedAt: now() };
      known.last = fetched;
      delete known.failedAt;
      return fetched;
    } catch (error) {
      known.failedAt = now();
      throw error;
    } finally {
      delete known.refreshing;
    }
  }
}

/** `POST /leanx/account-checks`: whose account it is, and whether the typed name fits. */
export function createAccountCheck(context: ProxyContext, leanx: LeanxClient): (body: unknown) => Promise<ProxyAnswer> {
  const { logger } = context;

  return async function check(body) {
    const read = readRequest(accountCheckRequest, body);
    const errors = read.ok ? [] : [...read.errors];
    const issue = read.ok ? checkBankAccount(read.value.accountNumber, 'MY') : undefined;
    if (issue !== undefined) errors.push({ path: 'accountNumber', code: issue });
    if (!read.ok || errors.length > 0) {
      throw new ProblemError('invalid-request', 'Send { bankId, accountNumber, name? } and nothing else.', { errors });
    }
    const { bankId, accountNumber, name } = read.value;
    let given: string | undefined;
    try {
      const answer = await leanx.checkAccount({ serviceId: bankId, accountNumber });
      given = answer.found ? answer.name?.trim() : undefined;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      logger.warn({ event: 'account-check-failed', ...errorFields(error) });
    }
    if (given === undefined || given === '')
      return jsonAnswer(200, { state: 'unresolved' } satisfies AccountCheckResponse);
    const state = compareHolderNames(name ?? '', given);
    return jsonAnswer(200, { state, holderName: given } satisfies AccountCheckResponse);
  };
}
