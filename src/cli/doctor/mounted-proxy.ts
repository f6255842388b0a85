import { randomBytes } from 'node:crypto';
import { signTestWebhook } from '../../proxy/index.ts';
import type { ProxyConfig } from '../../proxy/config.ts';
import { connectionFault } from './connection.ts';
import { type Check, type Finding, findingsOf } from './finding.ts';

/** Where the proxy is mounted and what is asked of it. */
export interface MountSettings {
  config: ProxyConfig;
  /** The base path's URL, without a slash at its end. */
  url: string;
  /** Whether payments, payouts or both are taken, as far as is known. */
  kinds: readonly ('payin' | 'payout')[];
  /** Whether `kinds` is what the application has configured, or a guess. */
  isSure: boolean;
  now: () => number;
  timeoutMs: number;
}

interface Answer {
  status: number;
  /** The problem's code, when it is an answer of the proxy. */
  code: string | undefined;
  detail: string;
  /** The code at the foot of the page that a plain form gets instead of a problem. */
  pageCode: string | undefined;
  contentType: string;
  location: string | undefined;
}

const MAX_ANSWER = 65_536;

/** Posts probes to the running proxy as the platform and a page would; nothing is opened, stored or sent by them. */
export async function checkMountedProxy(settings: MountSettings): Promise<Finding[]> {
  const { config, url, isSure } = settings;
  const findings: Finding[] = [];
  const missing: string[] = [];
  let isThere = false;
  for (const kind of settings.kinds) {
    const answer = await postNotice(settings, kind);
    if ('code' in answer && answer.code === 'not-found') {
      isThere = true;
      missing.push(kind);
      continue;
    }
    const { webhooks, rest, isOurs } = judgeNotice(settings, kind, answer);
    isThere ||= isOurs;
    // What one notice tells of parsers, secret and clock holds for the other.
    const before = findings.filter(({ check }) => check === 'webhooks').length;
    findings.splice(before, 0, webhooks);
    if (findings.length === before + 1) findings.push(...rest);
    if (!isOurs) break;
  }
  if (!isThere) return findings;
  if (missing.length > 0 && (isSure || missing.length === settings.kinds.length)) {
    const path = config.basePath === '' ? '/' : config.basePath;
    findings.unshift(
      findingsOf('webhooks').problem(
        `The proxy is there, but has no ${missing.map((kind) => withoutQuery(`${url}/webhooks/lesspay/${kind}`)).join(' and no ')}.`,
        `Compare basePath (${path}) with where it is mounted, and see that the running server has the option ${missing.join(' and ')}.`,
      ),
    );
  }
  return [...findings, ...(await checkFormParser(settings)), await checkPayoutGuard(settings)];
}

/** A rightly signed notice about a payment that nobody has made: the proxy verifies it and then knows no such payment. */
async function postNotice(
  { config, url, now, timeoutMs }: MountSettings,
  kind: 'payin' | 'payout',
): Promise<Answer | Finding> {
  const request_id = `doctor-${randomBytes(6).toString('hex')}`;
  const common = { request_id, pay_order_id: 'doctor' };
  const body =
    kind === 'payin'
      ? {
          ...common,
          order_status: 'PENDING_PAY',
          order_status_int: 1,
          target_amount: '1.00',
          target_currency: 'USD',
          api_version: 'V2',
        }
      : { ...common, order_status: 'PROCESSING', currency: 'USD', total_amount: '1.00' };
  const signed = signTestWebhook(body, config.lesspay.secrets[0], { now });
  return ask(
    `${url}/webhooks/lesspay/${kind}`,
    { method: 'POST', headers: signed.headers, body: signed.body },
    timeoutMs,
  );
}

async function ask(url: string, init: RequestInit, timeoutMs: number): Promise<Answer | Finding> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = (await response.text()).slice(0, MAX_ANSWER);
    const contentType = response.headers.get('content-type') ?? '';
    const { code, detail } = contentType.startsWith('application/problem+json') ? problemOf(text) : {};
    return {
      status: response.status,
      code: typeof code === 'string' ? code : undefined,
      detail: typeof detail === 'string' ? detail : '',
      pageCode: /<small>\d{3} ([a-z-]+)<\/small>/.exec(text)?.[1],
      contentType,
      location: response.headers.get('location') ?? undefined,
    };
  } catch (error) {
    const { says, remedy } = connectionFault(error, new URL(url).host);
    return findingsOf('webhooks').problem(says, `${remedy} Webhooks go to ${withoutQuery(url)}.`);
  }
}

function problemOf(text: string): { code?: unknown; detail?: unknown } {
  try {
    return Object(JSON.parse(text)) as { code?: unknown; detail?: unknown };
  } catch {
    return {};
  }
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}

/** What an answer to the signed notice says. */
function judgeNotice(
  { url }: MountSettings,
  kind: 'payin' | 'payout',
  answer: Answer | Finding,
): { webhooks: Finding; rest: Finding[]; isOurs: boolean } {
  const { ok, problem, warning } = findingsOf('webhooks');
  const path = withoutQuery(`${url}/webhooks/lesspay/${kind}`);
  if ('check' in answer) return { webhooks: answer, rest: [], isOurs: false };
  const { status, code, detail } = answer;
  if (code === undefined) return { webhooks: foreign(path, answer), rest: [], isOurs: false };
  const reached = ok(`A POST to ${path} reaches the proxy.`);
  const at = (check: Check, says: string, remedy: string): Finding => findingsOf(check).problem(says, remedy);
  const fine = (check: Check, says: string): Finding => findingsOf(check).ok(says);
  const intact = fine('body-parser', 'None: the bytes of a notice arrive as they were sent.');
  const sameSecret = fine(
    'same-secret',
    'The running server verifies what is signed with the secret of this configuration.',
  );
  switch (code) {
    case 'unknown-request':
      return {
        webhooks: reached,
        rest: [intact, sameSecret, fine('server-clock', 'The running server takes a notice of this moment.')],
        isOurs: true,
      };
    case 'body-already-read':
      return {
        webhooks: reached,
        rest: [at('body-parser', 'A body parser runs before the proxy: no notice can be verified.', detail)],
        isOurs: true,
      };
    case 'invalid-signature':
      return {
        webhooks: reached,
        rest: [
          at(
            'same-secret',
            'The running server refuses what is signed with the secret of this configuration.',
            'Give both the same lesspay.appSecret, and restart the server after a change. If they are the same, something on the way changes bodies.',
          ),
        ],
        isOurs: true,
      };
    case 'invalid-timestamp':
      return {
        webhooks: reached,
        rest: [
          intact,
          sameSecret,
          at(
            'server-clock',
            'The running server’s clock and this one are minutes apart.',
            'Let both keep the time by NTP.',
          ),
        ],
        isOurs: true,
      };
    case 'malformed-body':
      return {
        webhooks: reached,
        rest: [
          at(
            'body-parser',
            'A notice arrives changed.',
            'Let nothing before the proxy rewrite, decompress or re-encode bodies.',
          ),
        ],
        isOurs: true,
      };
    case 'too-many-requests':
    case 'shutting-down':
      return {
        webhooks: warning(`The proxy is there, but answers ${code}.`, 'Try again in a minute.'),
        rest: [],
        isOurs: true,
      };
    default:
      return {
        webhooks: problem(`The proxy answers ${status} ${code}.`, `${detail} The log of the server says more.`),
        rest: [],
        isOurs: true,
      };
  }
}

/** Something else than the proxy has answered. */
function foreign(path: string, { status, contentType, location }: Answer): Finding {
  const { problem } = findingsOf('webhooks');
  if (status >= 300 && status < 400) {
    const target = location === undefined ? 'elsewhere' : `to ${withoutQuery(location)}`;
    return problem(
      `${path} redirects ${target}; the platforms do not follow.`,
      'Give in publicUrl what it redirects to (https, with or without www), and let no login page stand before the webhooks.',
    );
  }
  if (status === 401 || status === 403) {
    return problem(
      `Something before the proxy refuses a POST to ${path} (HTTP ${status}).`,
      'Let the webhooks past login, CSRF check, basic authentication and firewall: their signature is their proof.',
    );
  }
  if (status === 404 || status === 405) {
    return problem(
      `The server answers, but the proxy is not at ${path} (HTTP ${status}).`,
      'Mount it there, or correct publicUrl and basePath. Behind a prefix that is stripped, publicUrl must contain it.',
    );
  }
  if (status >= 500) {
    return problem(
      `What stands before the proxy answers HTTP ${status}.`,
      'See that the server behind it runs and that the request is passed on to it.',
    );
  }
  return problem(
    `Something else answers at ${path} (HTTP ${status}, ${contentType === '' ? 'no type' : contentType.replace(/;.*/, '')}).`,
    'Mount the proxy before pages, static files and catch-all routes.',
  );
}

/** An order that cannot be one, sent as a plain form: a parser for forms alone shows here and nowhere else. */
async function checkFormParser({ config, url, kinds, timeoutMs }: MountSettings): Promise<Finding[]> {
  if (!kinds.includes('payin')) return [];
  const answer = await ask(
    `${url}/payins`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: config.publicOrigin },
      body: 'order=',
    },
    timeoutMs,
  );
  if ('check' in answer || answer.pageCode !== 'body-already-read') return [];
  const { problem } = findingsOf('body-parser');
  return [
    problem(
      'A parser of forms runs before the proxy: payments without JavaScript fail.',
      'Mount the proxy before express.urlencoded() and every other body parser.',
    ),
  ];
}

/** A stranger asks for what only operators may see. */
async function checkPayoutGuard({ url, timeoutMs }: MountSettings): Promise<Finding> {
  const { ok, problem, skipped, warning } = findingsOf('payout-guard');
  const answer = await ask(`${url}/banks?country=PH&currency=PHP`, { method: 'GET' }, timeoutMs);
  if ('check' in answer) return skipped('The payout routes could not be asked.');
  if (answer.code === 'forbidden' || (answer.code === undefined && [401, 403].includes(answer.status))) {
    return ok('A stranger is refused.');
  }
  if (answer.code === 'not-found') return ok('Payouts are closed.');
  if (answer.code === 'merchant-error') {
    return warning(
      'payout.authorize fails for a request without a session.',
      'Let it return null there, which is answered with 403.',
    );
  }
  if (answer.code === undefined && answer.status !== 200)
    return skipped(`Something else answers (HTTP ${answer.status}).`);
  return problem(
    'payout.authorize lets a request without any cookie in: anybody can pay out.',
    'Let it return null unless the request carries the session of an operator.',
  );
}
