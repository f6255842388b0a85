/** The proxy's routes, by what they do. */
export const ROUTE_NAMES = [
  'create-payin',
  'read-payin',
  'create-payouts',
  'read-payouts',
  'list-banks',
  'list-leanx-banks',
  'check-account',
  'lesspay-payin-notice',
  'lesspay-payout-notice',
  'leanx-notice',
  'explain-problems',
] as const;

/** One of {@link ROUTE_NAMES}. */
export type RouteName = (typeof ROUTE_NAMES)[number];

/** Who calls a route and how. */
export interface Route {
  name: RouteName;
  method: 'GET' | 'POST';
  caller: 'browser' | 'upstream';
  maxBodyBytes: number;
  /** A plain `<form>` may post here too. */
  form?: true;
}

const KIB = 1024;
const BROWSER_BODY = 64 * KIB;
const WEBHOOK_BODY = 256 * KIB;

const FIXED: Readonly<Record<string, readonly Route[]>> = {
  '/payins': [{ name: 'create-payin', method: 'POST', caller: 'browser', maxBodyBytes: BROWSER_BODY, form: true }],
  '/payouts': [{ name: 'create-payouts', method: 'POST', caller: 'browser', maxBodyBytes: 1024 * KIB }],
  '/banks': [{ name: 'list-banks', method: 'GET', caller: 'browser', maxBodyBytes: 0 }],
  '/problems': [{ name: 'explain-problems', method: 'GET', caller: 'browser', maxBodyBytes: 0 }],
  '/leanx/banks': [{ name: 'list-leanx-banks', method: 'GET', caller: 'browser', maxBodyBytes: 0 }],
  '/leanx/account-checks': [{ name: 'check-account', method: 'POST', caller: 'browser', maxBodyBytes: BROWSER_BODY }],
  '/webhooks/lesspay/payin': [
    { name: 'lesspay-payin-notice', method: 'POST', caller: 'upstream', maxBodyBytes: WEBHOOK_BODY },
  ],
  '/webhooks/lesspay/payout': [
    { name: 'lesspay-payout-notice', method: 'POST', caller: 'upstream', maxBodyBytes: WEBHOOK_BODY },
  ],
  '/webhooks/leanx': [{ name: 'leanx-notice', method: 'POST', caller: 'upstream', maxBodyBytes: WEBHOOK_BODY }],
};

const READ_PAYIN: readonly Route[] = [{ name: 'read-payin', method: 'GET', caller: 'browser', maxBodyBytes: 0 }];
const READ_PAYOUTS: readonly Route[] = [{ name: 'read-payouts', method: 'GET', caller: 'browser', maxBodyBytes: 0 }];

/** Request ids in a path, as `checkRequestId` accepts them; nothing is percent-decoded, so nothing can hide in it. */
const BY_ID = /^\/(payins|payouts)\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/;

/** A path that exists: its routes by method, and the request id in it. */
export interface RouteMatch {
  routes: readonly Route[];
  requestId: string;
}

/** Finds the routes of a path below the base path; compares text as sent, so `..`, `//` and `%2f` lead nowhere. */
export function matchRoute(path: string): RouteMatch | undefined {
  if (Object.hasOwn(FIXED, path)) return { routes: FIXED[path] ?? [], requestId: '' };
  const match = BY_ID.exec(path);
  if (!match) return undefined;
  return { routes: match[1] === 'payins' ? READ_PAYIN : READ_PAYOUTS, requestId: match[2] ?? '' };
}

/** The part of a path below the base path, or `undefined` when the path is somebody else's. */
export function belowBasePath(path: string, basePath: string): string | undefined {
  return path.charAt(basePath.length) === '/' && path.startsWith(basePath) ? path.slice(basePath.length) : undefined;
}
