import { openMerchant } from '../../merchant.ts';

// A module of its own, so that all routes share one proxy. Next reads the environment from .env.
const { PUBLIC_URL = '', LESSPAY_BASE_URL = '', QUIET } = process.env;

/** The merchant, with its signing proxy. */
export const merchant = openMerchant({
  publicUrl: PUBLIC_URL,
  upstream: LESSPAY_BASE_URL,
  quiet: QUIET !== undefined,
});
