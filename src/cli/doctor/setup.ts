import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SigningProxyOptions } from '../../proxy/index.ts';
import { optionsOf } from '../../proxy/signing-proxy.ts';
import { UsageError } from '../usage-error.ts';

/** The environment variables that make a setup where there is no module; the sandbox prints them, and the demo reads them. */
export const VARIABLES = [
  'LESSPAY_APP_ID',
  'LESSPAY_APP_SECRET',
  'LESSPAY_BASE_URL',
  'LESSPAY_CHECKOUT_HOSTS',
  'LEANX_AUTH_TOKEN',
  'LEANX_HASH_KEY',
  'LEANX_BASE_URL',
  'LEANX_POOL_REFERENCE',
  'PUBLIC_URL',
] as const;

/** What there is to examine. */
export interface Setup {
  /** Where it comes from, for the report. */
  source: string;
  /** As given, right or wrong; undefined when the module could not be loaded. */
  options: SigningProxyOptions | undefined;
  /** Why the module could not be loaded. */
  failure?: string;
  /** Whether hooks and store are those of the application. */
  isWhole: boolean;
}

/** Loads the module that exports the options or the proxy. */
export async function setupOfModule(path: string, usage: string): Promise<Setup> {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`There is no file ${path}.`, usage);
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      const advice =
        'Give the compiled .js file, or load a compiler: node --import tsx node_modules/.bin/lesspay-elements doctor …';
      throw new UsageError(`Node ${process.versions.node} cannot load ${path}. ${advice}`, usage);
    }
    return { source: path, options: undefined, failure: messageOf(error), isWhole: true };
  }
  const exported = [module.default, module.options, module.proxy].find((value) => value !== undefined);
  try {
    const value: unknown = typeof exported === 'function' ? await (exported as () => unknown)() : exported;
    const options = optionsOf(value) ?? value;
    if (typeof options !== 'object' || options === null || !('lesspay' in options)) {
      throw new UsageError(
        `${path} exports no setup: give it a default export, or one named options or proxy, that is the object for ` +
          'createSigningProxy, the proxy it made, or a function that returns one of them.',
        usage,
      );
    }
    return { source: path, options: options as SigningProxyOptions, isWhole: true };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return { source: path, options: undefined, failure: messageOf(error), isWhole: true };
  }
}

/** Makes a setup of the environment; undefined when none of the variables is there. */
export function setupOfEnvironment(env: NodeJS.ProcessEnv, url: URL | undefined): Setup | undefined {
  const value = (name: (typeof VARIABLES)[number]): string | undefined => (env[name] === '' ? undefined : env[name]);
  if (!VARIABLES.some((name) => name !== 'PUBLIC_URL' && value(name) !== undefined)) return undefined;
  const hosts = value('LESSPAY_CHECKOUT_HOSTS');
  const baseUrl = value('LESSPAY_BASE_URL');
  const leanxUrl = value('LEANX_BASE_URL');
  const hasLeanx = value('LEANX_AUTH_TOKEN') !== undefined || value('LEANX_HASH_KEY') !== undefined;
  return {
    source: 'environment variables',
    isWhole: false,
    options: {
      lesspay: {
        appId: value('LESSPAY_APP_ID') ?? '',
        appSecret: value('LESSPAY_APP_SECRET') ?? '',
        environment: baseUrl === undefined ? 'sandbox' : { baseUrl },
        checkoutHosts: hosts?.split(',').map((host) => host.trim()),
      },
      ...(hasLeanx && {
        leanx: {
          authToken: value('LEANX_AUTH_TOKEN') ?? '',
          hashKey: value('LEANX_HASH_KEY') ?? '',
          environment: leanxUrl === undefined ? ('sandbox' as const) : { baseUrl: leanxUrl },
          poolReference: value('LEANX_POOL_REFERENCE'),
        },
      }),
      publicUrl: value('PUBLIC_URL') ?? url?.origin ?? '',
      // Whether the application takes payments or pays out is not in the environment.
      payin: { resolveOrder: () => null },
    },
  };
}

/** What a thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'something that is no error was thrown';
}
