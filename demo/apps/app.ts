import type { Assets } from './assets.ts';
import type { Merchant } from './merchant.ts';

/** What an application's server is started with. */
export interface AppOptions {
  port: number;
  /** Where the upstream is: the sandbox. */
  upstream: string;
  quiet: boolean;
}

/** An application that serves its pages. */
export interface ServedApp {
  merchant: Merchant;
  /** Where to begin, by name. */
  pages: Record<string, string>;
  close: () => Promise<unknown>;
}

/** Starts an application's server. */
export type ServeApp = (options: AppOptions, assets: Assets) => Promise<ServedApp>;

/** The policy of every page. `policies` are the Trusted Types policies that the page's framework makes besides Lit's. */
export function contentSecurityPolicy(upstream: string, policies = ''): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    // A form post that is redirected to the hosted checkout must be allowed to end there.
    `form-action 'self' ${upstream}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types lit-html${policies && ` ${policies}`}`,
  ].join('; ');
}
