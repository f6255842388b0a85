import type { Route } from '../routes.ts';
import type { ProxyCall } from './exchange.ts';
import { ProblemError } from './problem.ts';
import { parseStrictJson } from './strict-json.ts';

/** How a browser sent its body. */
export type BodyKind = 'json' | 'form';

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/** Decides by the content type, exactly: a "simple" type such as text/plain would let a foreign page post without a preflight. */
export function requireBodyKind(call: ProxyCall, route: Route): BodyKind {
  requirePlainEncoding(call);
  const type = call.header('content-type') ?? '';
  if (JSON_TYPE.test(type)) return 'json';
  if (route.form && FORM_TYPE.test(type)) return 'form';
  throw new ProblemError(
    'unsupported-media-type',
    `Send Content-Type: application/json${route.form ? ' (or a form as application/x-www-form-urlencoded)' : ''}, in UTF-8.`,
  );
}

/** Nothing is inflated: a few kilobytes of gzip can become gigabytes. */
export function requirePlainEncoding(call: ProxyCall): void {
  const encoding = call.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new ProblemError('unsupported-media-type', 'Send the body without Content-Encoding.');
  }
}

/** The body's members; a form's fields become text members, each at most once. */
export function parseBody(bytes: Uint8Array, kind: BodyKind): unknown {
  if (kind === 'form') return parseForm(bytes);
  const parsed = parseStrictJson(bytes);
  if (!parsed.ok) throw new ProblemError('malformed-body', `The body ${parsed.reason}.`);
  return parsed.value;
}

function parseForm(bytes: Uint8Array): Record<string, string> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('malformed-body', 'The form is not valid UTF-8.');
  }
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) throw new ProblemError('malformed-body', 'The form holds the same field twice.');
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** The query's parameters, each known and at most once. */
export function parseQuery(search: string, names: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (!names.includes(name)) {
      throw new ProblemError('invalid-request', 'The query has a parameter that this route does not know.', {
        errors: [{ path: name.slice(0, 64), code: 'unknown-member' }],
      });
    }
    if (values.has(name)) {
      throw new ProblemError('invalid-request', 'The query has the same parameter twice.', {
        errors: [{ path: name, code: 'wrong-type' }],
      });
    }
    values.set(name, value);
  }
  return values;
}
