import type { Clock } from './clock.ts';
import type { Settings } from './options.ts';
import { Refusal } from './refusal.ts';
import { equalSignature, signatureOf } from './signature.ts';

/**
 * Lets a Lesspay request in or refuses it, in the order of the documentation: method, content type, the three headers, the
 * signature. Returns the body.
 *
 * HTTP statuses stand in Pay In and Pay Out Error Codes: 405 wrong method, 400 bad format, 401 missing or invalid key or
 * signature. Which business code goes with 401 is not published; the sandbox repeats the status. How far a timestamp may be off is not
 * published either (`lesspay.maxClockSkewMs`).
 */
export function admitLesspay(
  request: Request,
  text: string,
  { settings, clock, invalidCode }: { settings: Settings; clock: Clock; invalidCode: number },
): Record<string, unknown> {
  // "Every endpoint is POST with a JSON body" (Multiple Transfer Methods; Fetch Payin).
  if (request.method !== 'POST') throw new Refusal(405, 'method not allowed: use POST', 405);
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(request.headers.get('content-type') ?? '')) {
    throw new Refusal(invalidCode, 'content-type must be application/json', 400);
  }

  // Authentication: x-auth-appid, X-Auth-Timestamp and x-auth-signature are required on every request.
  const { headers } = request;
  for (const name of ['x-auth-appid', 'x-auth-timestamp', 'x-auth-signature']) {
    if (!headers.get(name)) throw new Refusal(401, `header ${name} is missing`, 401);
  }
  if (headers.get('x-auth-appid') !== settings.appId) throw new Refusal(401, 'unknown appid', 401);
  // Authentication: epoch milliseconds, 13 digits.
  const timestamp = headers.get('x-auth-timestamp') ?? '';
  if (!/^\d{13}$/.test(timestamp)) throw new Refusal(401, 'x-auth-timestamp must be 13 digits of milliseconds', 401);
  // A test may have advanced the sandbox's clock and not the caller's, or both.
  const off = Math.min(Math.abs(clock.wall() - Number(timestamp)), Math.abs(clock.now() - Number(timestamp)));
  if (off > settings.maxClockSkewMs) throw new Refusal(401, 'x-auth-timestamp is out of range', 401);

  const expected = signatureOf(text, settings.appSecret);
  if (expected === undefined) throw new Refusal(invalidCode, 'the body is not a JSON object', 400);
  if (!equalSignature(headers.get('x-auth-signature') ?? '', expected)) {
    throw new Refusal(401, 'invalid signature', 401);
  }
  return JSON.parse(text) as Record<string, unknown>;
}
