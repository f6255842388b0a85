/** The variables that switch the demo from the built-in sandbox to the providers' test hosts. */
export interface Environment {
  LESSPAY_APP_ID?: string | undefined;
  LESSPAY_APP_SECRET?: string | undefined;
  LESSPAY_BASE_URL?: string | undefined;
  LESSPAY_CHECKOUT_HOSTS?: string | undefined;
  LEANX_AUTH_TOKEN?: string | undefined;
  LEANX_HASH_KEY?: string | undefined;
  LEANX_BASE_URL?: string | undefined;
  LEANX_POOL_REFERENCE?: string | undefined;
  PUBLIC_URL?: string | undefined;
}

/** What the demo runs against. */
export type Settings =
  | { mode: 'sandbox' }
  | {
      mode: 'test-hosts';
      publicUrl: string;
      lesspay: { appId: string; appSecret: string; baseUrl: string; checkoutHosts: string[] };
      /** Absent: Malaysian payouts are switched off. */
      leanx?: { authToken: string; hashKey: string; baseUrl: string; poolReference: string };
    };

type Name = keyof Environment;

/** A secret pasted with its quotes, or a variable that was never expanded, is the usual mistake. */
const BARE = /^[^\s'"`]+$/;
const UNSET_WORDS = new Set(['undefined', 'null', 'changeme', 'xxx']);

function isBareWord(value: string, minLength: number): boolean {
  return BARE.test(value) && value.length >= minLength && !UNSET_WORDS.has(value.toLowerCase());
}

function isHttpsOrigin(value: string): boolean {
  if (!BARE.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    url.protocol === 'https:' && url.pathname === '/' && !url.username && !url.password && !url.search && !url.hash
  );
}

const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

const hosts = (value: string) => value.split(',').map((host) => host.trim());

/** What each variable must look like, in words that never repeat the value. */
const RULES: Record<Name, { ok: (value: string) => boolean; must: string }> = {
  LESSPAY_APP_ID: { ok: (v) => isBareWord(v, 8), must: 'be the APPID from Lesspay, without quotes or spaces' },
  LESSPAY_APP_SECRET: {
    ok: (v) => isBareWord(v, 16),
    must: 'be the appSecret from Lesspay: at least 16 characters, without quotes or spaces',
  },
  LESSPAY_BASE_URL: {
    ok: isHttpsOrigin,
    must: 'be an https origin; the published test host is https://lesspay2-pay-uat.doopayment.com',
  },
  LESSPAY_CHECKOUT_HOSTS: {
    ok: (v) => hosts(v).every((host) => HOST.test(host)),
    must: 'list the host names of the hosted checkout page, separated by commas (pay.example.com, *.example.com)',
  },
  LEANX_AUTH_TOKEN: {
    ok: (v) => isBareWord(v, 16) && v.split('|').length === 3,
    must: 'be the Auth Token of the LeanX portal: three parts joined by |, without quotes or spaces',
  },
  LEANX_HASH_KEY: {
    ok: (v) => isBareWord(v, 32),
    must: 'be the Hash Key of the LeanX portal: at least 32 characters, without quotes or spaces',
  },
  LEANX_BASE_URL: { ok: isHttpsOrigin, must: 'be an https origin; the published test host is https://api.leanx.dev' },
  LEANX_POOL_REFERENCE: {
    ok: (v) => isBareWord(v, 6),
    must: 'be the payout pool reference of the LeanX portal (VA-…-PAYOUT)',
  },
  PUBLIC_URL: {
    ok: (v) => isHttpsOrigin(v) && !/^https:\/\/(localhost|127\.|\[)/.test(v),
    must: 'be the https origin at which the providers reach this server with their webhooks (a tunnel, for example)',
  },
};

const LESSPAY: Name[] = ['LESSPAY_APP_ID', 'LESSPAY_APP_SECRET', 'LESSPAY_BASE_URL', 'LESSPAY_CHECKOUT_HOSTS'];
const LEANX: Name[] = ['LEANX_AUTH_TOKEN', 'LEANX_HASH_KEY', 'LEANX_BASE_URL', 'LEANX_POOL_REFERENCE'];

/** Reads the settings, or says of each missing or malformed variable what it must be. Never prints a value. */
export function readSettings(env: Environment): { ok: true; settings: Settings } | { ok: false; problems: string[] } {
  const isSet = (name: Name) => env[name] !== undefined;
  const names: Name[] = [...LESSPAY, ...LEANX, 'PUBLIC_URL'];
  const first = names.find(isSet);
  if (!first) return { ok: true, settings: { mode: 'sandbox' } };

  const wanted = names.filter((name) => !LEANX.includes(name) || LEANX.some(isSet));
  const problems = wanted.flatMap((name) => {
    const value = env[name];
    if (value === undefined) return [`${name} is missing (${first} is set): it must ${RULES[name].must}.`];
    if (value.trim() === '') return [`${name} is blank: it must ${RULES[name].must}.`];
    return RULES[name].ok(value) ? [] : [`${name} is malformed: it must ${RULES[name].must}.`];
  });
  if (problems.length > 0) return { ok: false, problems };

  const read = (name: Name) => env[name] ?? '';
  return {
    ok: true,
    settings: {
      mode: 'test-hosts',
      publicUrl: new URL(read('PUBLIC_URL')).origin,
      lesspay: {
        appId: read('LESSPAY_APP_ID'),
        appSecret: read('LESSPAY_APP_SECRET'),
        baseUrl: new URL(read('LESSPAY_BASE_URL')).origin,
        checkoutHosts: hosts(read('LESSPAY_CHECKOUT_HOSTS')),
      },
      ...(LEANX.some(isSet) && {
        leanx: {
          authToken: read('LEANX_AUTH_TOKEN'),
          hashKey: read('LEANX_HASH_KEY'),
          baseUrl: new URL(read('LEANX_BASE_URL')).origin,
          poolReference: read('LEANX_POOL_REFERENCE'),
        },
      }),
    },
  };
}
