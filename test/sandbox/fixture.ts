import { createSandbox, type Sandbox, type SandboxOptions } from 'lesspay-elements/sandbox';
import { signatureOf } from '../../src/sandbox/signature.ts';

/** Credentials of the tests; the secret is the one printed in the vendor's documentation. */
export const APP_ID = '690b2b46e4b09c73147db688';
export const APP_SECRET = 'Wy31kFZf4jkE+Y2XZhmFuQ';
export const HASH_KEY = '2141df4a3cb633d5ce8683bb0c55067e5caebfbe07390dde277dc455bcc95c91';
export const AUTH_TOKEN = `LP-0D7C06DE-MM|7394e58e-edee-4c42-9ca5-bcbc449f1b9f|${HASH_KEY}`;
export const BASE = 'http://sandbox.test';
export const NOW = 1_795_210_397_000;

/** A webhook as the merchant's server received it. */
export interface Received {
  url: string;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** A sandbox with a fixed clock and a merchant that answers `answer()` to webhooks. */
export function createFixture(options: Partial<SandboxOptions> = {}, answer = () => new Response('SUCCESS')) {
  const received: Received[] = [];
  const sandbox = createSandbox({
    lesspay: { appId: APP_ID, appSecret: APP_SECRET },
    leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY },
    baseUrl: BASE,
    now: () => NOW,
    deliver: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      received.push({
        url: request.url,
        headers: request.headers,
        text,
        body: JSON.parse(text) as Record<string, unknown>,
      });
      return answer();
    },
    ...options,
  });
  return { sandbox, control: sandbox.control, received, call: caller(sandbox) };
}

/** What the upstream answered. */
export interface Answer {
  status: number;
  code: number;
  msg: string;
  data: Record<string, unknown>;
}

/** Sends signed Lesspay requests; `headers` replaces or (with undefined) removes a header. */
export function caller(sandbox: Sandbox) {
  return async (
    path: string,
    body: unknown,
    { headers = {}, method = 'POST' }: { headers?: Record<string, string | undefined>; method?: string } = {},
  ): Promise<Answer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const all: Record<string, string | undefined> = {
      'content-type': 'application/json',
      'x-auth-appid': APP_ID,
      'x-auth-timestamp': String(NOW),
      'x-auth-signature': signatureOf(text, APP_SECRET) ?? '0'.repeat(64),
      ...headers,
    };
    const response = await sandbox.fetch(`${BASE}/api/global/${path}`, {
      method,
      headers: Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ...(method === 'GET' ? {} : { body: text }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  };
}

/** A pay-in request that the upstream takes. */
export function payinBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    request_id: 'r0000000001',
    product_name: 'Handwoven basket',
    description: 'Order ORD-1001',
    target_amount: '1250.00',
    target_currency: 'PHP',
    transaction_type: 'PAY_IN',
    success_url: 'https://shop.example/return?request_id=r0000000001',
    fail_url: 'https://shop.example/return?request_id=r0000000001&failed=1',
    notify_url: 'https://shop.example/lesspay/webhooks/lesspay/payin',
    api_version: 'V2',
    pay_access_type: 1,
    expired_time: 1800,
    ...changes,
  };
}
