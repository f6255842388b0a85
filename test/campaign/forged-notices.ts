import { createHmac, createHash } from 'node:crypto';
import { signLesspay, stringToSign } from 'lesspay-elements/proxy';
import type { Random } from './random.ts';

/** Whose webhook it is. */
export type NoticeKind = 'payin' | 'payout' | 'leanx';

/** A webhook that the platform really sent, as somebody may have seen it. */
export interface SeenNotice {
  kind: NoticeKind;
  body: string;
  headers: Readonly<Record<string, string>>;
}

/** An open payment or payout that a forger would like to see settled. */
export interface Target {
  kind: NoticeKind;
  requestId: string;
  payOrderId: string;
  amount: string;
  currency: string;
  /** Of a payout: the reference of its only detail. */
  reference: string;
}

/** What a forger has to work with. */
export interface ForgeryMaterial {
  /** Signs, but only what a forger can get signed: see {@link forge}. */
  secret: string;
  hashKey: string;
  /** Keys that were valid once, or belong to somebody else. */
  foreignSecrets: readonly string[];
  seen: readonly SeenNotice[];
  /** Requests of the proxy itself, with their signatures. */
  requests: readonly { body: string; signature: string }[];
  targets: readonly Target[];
  now: number;
}

/** A webhook that nobody should act upon. */
export interface Forgery {
  kind: NoticeKind;
  family: string;
  method: string;
  path: string;
  headers: [name: string, value: string][];
  body: Uint8Array<ArrayBuffer>;
}

const PATHS: Record<NoticeKind, string> = {
  payin: '/webhooks/lesspay/payin',
  payout: '/webhooks/lesspay/payout',
  leanx: '/webhooks/leanx',
};

type Members = Record<string, unknown>;
type Draft = Partial<Pick<Forgery, 'method' | 'path'>> & {
  headers?: [string, string][];
  signature?: string;
  body: string | Uint8Array;
};
type Family = (random: Random, material: ForgeryMaterial, kind: NoticeKind) => Draft;

const encoder = new TextEncoder();

function only<T extends { kind: NoticeKind }>(list: readonly T[], kind: NoticeKind): T[] {
  return list.filter((item) => item.kind === kind);
}

function seenOf(random: Random, material: ForgeryMaterial, kind: NoticeKind) {
  const { body, headers } = random.pick(only(material.seen, kind));
  return { body, signature: headers['X-Auth-Signature'] ?? '', members: JSON.parse(body) as Members };
}

/** What the forger wants to be believed: this payment is paid, this payout is done. */
export function claimOf(target: Target): Members {
  const { kind, requestId, payOrderId, amount, currency, reference } = target;
  const head = { request_id: requestId, pay_order_id: payOrderId, order_status: 'SUCCEED' };
  if (kind === 'payin') {
    return { ...head, order_status_int: 2, target_amount: amount, target_currency: currency, api_version: 'v2' };
  }
  return {
    ...head,
    currency,
    total_amount: amount,
    details: [{ mch_order_id: reference, amount, status: 'Succeeded', audit_state: 'APPROVED' }],
  };
}

function claim(random: Random, { targets }: ForgeryMaterial, kind: NoticeKind): Members {
  return claimOf(random.pick(only(targets, kind)));
}

/** A member's name with some of its letters as `\uXXXX`. */
function escaped(random: Random, name: string): string {
  return Array.from(name, (letter) =>
    random.chance(0.3) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
  ).join('');
}

/** A JSON object's text with raw member texts put in at the front or the end. */
function withRaw(random: Random, text: string, raw: string): string {
  const inside = text.slice(1, -1);
  return random.chance(0.5) ? `{${raw},${inside}}` : `{${inside},${raw}}`;
}

/** Replaces one member's value by a raw token. */
function withToken(members: Members, name: string, token: string): string {
  const parts = Object.entries(members).map(
    ([key, value]) => `${JSON.stringify(key)}:${key === name ? token : JSON.stringify(value)}`,
  );
  if (!(name in members)) parts.push(`${JSON.stringify(name)}:${token}`);
  return `{${parts.join(',')}}`;
}

const NUMBER_TOKENS = [
  ...['2', '2.0', '2.', '02', '+2', '0x2', '2e0', '20e-1', '.2e1', '0b10', '1e400', '-0', 'NaN', 'Infinity', '1_0'],
  ...['9007199254740993', '12345678901234567890', '2.00000000000000000001', '"2"', '"2 "', '"２"', '"٢"', '[2]'],
  ...['true', 'null', '"100.00 "', '"+100.00"', '"1e2"', '"100,00"', '100.00', '1E2', '"0100.00"', '"100.00\\n"'],
  ...['"1,000.00"', '"100.00&target_currency=PHP"', '"1".0', '--2', '2n', '"100.00\\u200b"', '0.1e3'],
];

const LOOKALIKES: Readonly<Record<string, string>> = { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', s: 'ѕ', S: 'Ѕ', E: 'Е' };

function disguised(random: Random, text: string): string {
  switch (random.int(6)) {
    case 0:
      return Array.from(text, (letter) => LOOKALIKES[letter] ?? letter).join('');
    case 1:
      return Array.from(text, (letter) =>
        /[!-~]/.test(letter) && random.chance(0.5) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter,
      ).join('');
    case 2:
      return `${text}${random.pick(['\u200b', '\u200d', '\ufeff', '\u202e', '\u00ad', '\u0000', '\u2028'])}`;
    case 3:
      return `${text}\u0301`;
    case 4:
      return text.replace(/^./, (letter) => letter.toUpperCase());
    default:
      return ` ${text}`;
  }
}

const INVALID_UTF8 = [[0xff], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe0, 0x80, 0xae]];

function concat(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** Names of the pages and some that sort last or look like ours: where a re-split body hides its rest. */
const SWALLOWERS = ['way_type', 'zzz', 'way_code', 'target_network', 'x', 'transaction_type', 'z=y', 'token', 'yy_1'];

/**
 * A notice of the forger's own one-dollar order whose free texts he chose, and another body over the same string to sign
 * that tells of the target.
 */
function resplit(random: Random, material: ForgeryMaterial, kind: NoticeKind): Draft {
  const wanted = claim(random, material, kind);
  if (kind === 'payout') delete wanted.details;
  const names = Object.keys(wanted).sort();
  const last = random.pick(SWALLOWERS.filter((name) => name > (names.at(-1) ?? '')));
  const opening = random.pick(['description', 'error_msg', 'channel']);
  // The first name of the forged body has to sort before everything that it claims.
  const before = Object.fromEntries(names.filter((name) => name < opening).map((name) => [name, wanted[name]]));
  const after = names.filter((name) => name > opening);
  const smuggled = `x&${after.map((name) => `${name}=${String(wanted[name])}`).join('&')}&${last}=`;
  const own: Members =
    kind === 'payin'
      ? {
          order_status: 'SUCCEED',
          order_status_int: 2,
          pay_order_id: 'P1',
          request_id: 'HIS-OWN',
          target_amount: '1.00',
          target_currency: 'USD',
        }
      : { order_status: 'SUCCEED', pay_order_id: 'P1', request_id: 'HIS-OWN', total_amount: '1.00' };
  const stolen: Members = { ...before, ...own, api_version: 'v2', [opening]: smuggled };
  if (kind === 'payout') delete stolen.api_version;
  const signature = signLesspay(stolen, material.secret);
  const rest = Object.keys(stolen)
    .filter((name) => name > opening)
    .sort()
    .map((name) => `${name}=${String(stolen[name])}`)
    .join('&');
  const forged: Members = {
    ...before,
    [opening]: 'x',
    ...Object.fromEntries(after.map((name) => [name, wanted[name]])),
    [last]: `&${rest}`,
  };
  return { body: JSON.stringify(forged), signature };
}

/** Notices that the platform did sign, and that say something else than "this payment, this amount, paid". */
function authenticButWrong(random: Random, material: ForgeryMaterial, kind: NoticeKind): Draft {
  const body = claim(random, material, kind);
  const changes: Members[] =
    kind === 'payin'
      ? [
          ...[
            { target_amount: '1.00' },
            { target_amount: '100.01' },
            { target_amount: '0' },
            { target_currency: 'USD' },
          ],
          ...[{ order_status: 'PAID' }, { order_status_int: 3 }, { order_status_int: 12 }],
          ...['SUCCESS', 'Succeed', 'succeed', 'SUCCEEDED', ' SUCCEED', '2', 'PARTIAL_SUCCESS', 'TRUE'].map(
            (order_status) => ({ order_status }),
          ),
          ...[
            { event: 'payment_declined' },
            { event: 'dispute_received', event_data: { category: 'other' } },
            { event: 'x' },
          ],
          ...[{ order_status: 'PENDING_PAY', order_status_int: 1 }, { pay_order_id: 'P999' }, { request_id: 'nobody' }],
          ...[
            { surprise: 'x' },
            { description: 'a&b' },
            { description: '{a=1}' },
            { order_status_int: '2', way_type: 'x' },
          ],
        ]
      : [
          ...[{ total_amount: '1.00' }, { currency: 'IDR' }, { pay_order_id: 'PO999' }, { request_id: 'nobody' }],
          ...['PAID', 'DONE', '99', 'PENDING_PAY', 'PARTIAL'].map((order_status) => ({ order_status })),
          { details: [{ mch_order_id: 'other', amount: '10.00', status: 'Succeeded' }] },
          { details: [{ mch_order_id: 'other', amount: '9999999.00', status: 'Succeeded' }] },
          { details: [...(body.details as Members[]), ...(body.details as Members[])] },
          { details: [{ ...(body.details as Members[])[0], status: 'whatever' }] },
          ...[{ details: 'all' }, { details: { 0: 'x' } }, { surprise: 'x' }, { fail_reason: 'a&b' }],
        ];
  const changed = { ...body, ...random.pick(changes) };
  return { body: JSON.stringify(changed), signature: signLesspay(changed, material.secret) };
}

/** Members that make a body large: around the limit of 256 KiB, far above it, and in many small pieces. */
const HUGE = [
  ...[100_000, 261_000, 262_145, 1_000_000].map((length) => `"x":"${'x'.repeat(length)}"`),
  `"x":[${'1,'.repeat(60_000)}1]`,
  `"x":[${'[],'.repeat(40_000)}[]]`,
  Array.from({ length: 10_000 }, (_, index) => `"m${index}":${index}`).join(','),
];

const LESSPAY: Readonly<Record<string, readonly [weight: number, family: Family]>> = {
  'bits flipped': [
    14,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      const bytes = encoder.encode(body);
      for (let flips = random.between(1, 6); flips > 0; flips -= 1) {
        const at = random.int(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
      }
      return { body: bytes, signature };
    },
  ],
  truncated: [
    6,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      const cut = body.slice(0, random.int(body.length));
      return {
        body: random.pick([cut, `${cut}}`, `${cut}"}`, body.slice(cut.length), body + body, `${body}\0`]),
        signature,
      };
    },
  ],
  'members twice': [
    8,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      const [name, value] = random.pick(Object.entries(claim(random, material, kind)));
      return { body: withRaw(random, body, `"${escaped(random, name)}":${JSON.stringify(value)}`), signature };
    },
  ],
  reordered: [
    4,
    (random, material, kind) => {
      const { members, signature } = seenOf(random, material, kind);
      const spaced = random.chance(0.5) ? 1 : 0;
      return {
        body: JSON.stringify(Object.fromEntries(random.shuffle(Object.entries(members))), null, spaced),
        signature,
      };
    },
  ],
  'numbers spelled otherwise': [
    6,
    (random, material, kind) => {
      const { members, signature } = seenOf(random, material, kind);
      const names = ['order_status_int', 'target_amount', 'total_amount', 'decimal_places', 'order_status'];
      return { body: withToken(members, random.pick(names), random.pick(NUMBER_TOKENS)), signature };
    },
  ],
  'letters disguised': [
    7,
    (random, material, kind) => {
      const { members, signature, body } = seenOf(random, material, kind);
      const names = Object.keys(members);
      const name = random.pick(names);
      switch (random.int(6)) {
        case 0:
          return {
            body: JSON.stringify({ ...members, [disguised(random, name)]: claim(random, material, kind)[name] ?? 'x' }),
            signature,
          };
        case 1:
          return { body: JSON.stringify({ ...members, [name]: disguised(random, String(members[name])) }), signature };
        case 2:
          return {
            body: concat(
              encoder.encode(body.slice(0, -2)),
              Uint8Array.from(random.pick(INVALID_UTF8)),
              encoder.encode(body.slice(-2)),
            ),
            signature,
          };
        case 3:
          return { body: random.chance(0.5) ? `\ufeff${body}` : Buffer.from(body, 'utf16le'), signature };
        case 4:
          return { body: withRaw(random, body, `"n":"\\ud${random.pick(['800', 'fff', '834'])}"`), signature };
        default:
          return { body: body.normalize(random.pick(['NFC', 'NFD', 'NFKC'])).replaceAll('e', 'é'), signature };
      }
    },
  ],
  'nested deeply': [
    1,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      const depth = random.pick([31, 32, 33, 100, 1000, 20_000, 60_000]);
      const [open, close] = random.pick([['[', ']'] as const, ['{"a":', '}'] as const]);
      const nest = `${open.repeat(depth)}1${close.repeat(depth)}`;
      return { body: random.chance(0.3) ? nest : withRaw(random, body, `"channel_biz_data":${nest}`), signature };
    },
  ],
  huge: [
    0.3,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      return { body: withRaw(random, body, random.pick(HUGE)), signature };
    },
  ],
  'wrong headers': [
    9,
    (random, material, kind) => {
      const body = JSON.stringify(claim(random, material, kind));
      const right = signLesspay(JSON.parse(body) as object, material.secret);
      const other = seenOf(random, material, kind).signature;
      const sample = random.pick([right, other]);
      const spelled = [
        ...['', ' ', 'null', 'undefined', '0', sample.toLowerCase(), sample.slice(0, 63), `${sample}0`, `0x${sample}`],
        ...[`${sample}, ${sample}`, `${sample},${other}`, `sha256=${sample}`, `"${sample}"`, sample.replace(/.$/, 'G')],
        ...['é'.repeat(64), 'F'.repeat(64), '0'.repeat(64), sample.split('').reverse().join(''), `${sample}zz`],
        Buffer.from(sample, 'hex').toString('base64'),
      ];
      if (random.chance(0.3)) {
        // The one thing wrong with a whole notice is its time: not a forger's, but a replay that came into his hands.
        const stamps = [
          ...['0', '', '-1', 'NaN', '1795210397', '0x1A2B3C', '2026-11-20T21:33:17Z', '17952103970000', '1e12'],
          ...[material.now - 300_001, material.now + 300_001, material.now - 86_400_000].map(String),
        ];
        return { body, signature: right, headers: [['x-auth-timestamp', random.pick(stamps)]] };
      }
      if (random.chance(0.1))
        return { body, signature: right, headers: [['content-encoding', random.pick(['gzip', 'br', 'deflate', 'x'])]] };
      return { body, signature: random.pick(spelled.filter((text) => text !== right)) };
    },
  ],
  'signature of other bytes': [
    12,
    (random, material, kind) => {
      const { members, signature } = seenOf(random, material, kind);
      const wanted = claim(random, material, kind);
      const names = random.shuffle(Object.keys(wanted)).slice(0, random.between(1, Object.keys(wanted).length));
      const body = { ...members, ...Object.fromEntries(names.map((name) => [name, wanted[name]])) };
      if (random.chance(0.3)) delete body.event;
      return { body: JSON.stringify(random.chance(0.3) ? wanted : body), signature };
    },
  ],
  'signed with another key': [
    9,
    (random, material, kind) => {
      const body = claim(random, material, kind);
      const { secret } = material;
      const foreign = random.chance(0.5)
        ? random.pick(material.foreignSecrets)
        : random.pick([
            '',
            ' ',
            'undefined',
            'null',
            `${secret}\n`,
            ` ${secret}`,
            secret.toLowerCase(),
            secret.slice(1),
          ]);
      const unsigned = stringToSign(body, '').slice(0, -'&key='.length);
      const hash = (text: string) => createHash('sha256').update(text).digest('hex').toUpperCase();
      const others = () => [
        createHmac('sha256', foreign).update(unsigned).digest('hex').toUpperCase(),
        hash(unsigned),
        hash(`${foreign}${unsigned}`),
        hash(JSON.stringify(body) + foreign),
        createHash('sha512').update(stringToSign(body, foreign)).digest('hex').toUpperCase().slice(0, 64),
      ];
      const signature = random.chance(0.5) ? signLesspay(body, foreign) : random.pick(others());
      return { body: JSON.stringify(body), signature };
    },
  ],
  'types confused': [
    6,
    (random, material, kind) => {
      const { members, signature } = seenOf(random, material, kind);
      const name = random.pick(Object.keys(members));
      const value = members[name];
      const text = String(value);
      const confused: unknown[] = [
        ...[
          [value],
          [[value]],
          { 0: value },
          { toString: text },
          { valueOf: text, length: 1 },
          `[${text}]`,
          `{a=${text}}`,
        ],
        ...[`"${text}"`, true, false, null, 0, 1, '', [], {}, text.split(''), { value }, `${text}\u0000`],
      ];
      return { body: JSON.stringify({ ...members, [name]: random.pick(confused) }), signature };
    },
  ],
  'prototype names': [
    4,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      const wanted = JSON.stringify(claim(random, material, kind));
      const name = escaped(random, random.pick(['__proto__', 'constructor', 'prototype']));
      const raw = random.pick([
        `"${name}":${wanted}`,
        `"constructor":{"prototype":${wanted}}`,
        `"channel_biz_data":{"${name}":${wanted}}`,
        `"details":[{"${name}":${wanted}}]`,
        `"hasOwnProperty":true,"toString":"x"`,
      ]);
      return { body: random.chance(0.2) ? `{${raw}}` : withRaw(random, body, raw), signature };
    },
  ],
  'other encodings': [
    5,
    (random, material, kind) => {
      const wanted = claim(random, material, kind);
      const signature = random.chance(0.5)
        ? signLesspay(wanted, material.foreignSecrets[0] ?? '')
        : seenOf(random, material, kind).signature;
      const text = JSON.stringify(wanted);
      const pairs = Object.entries(wanted).map(([name, value]) => [name, String(value)] as [string, string]);
      const boundary = '----x';
      const [type, body] = random.pick([
        ['application/x-www-form-urlencoded', new URLSearchParams(pairs).toString()],
        ['application/x-www-form-urlencoded', `data=${encodeURIComponent(text)}`],
        [
          'multipart/form-data; boundary=----x',
          pairs
            .map(
              ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
            )
            .join('') + `--${boundary}--`,
        ],
        ['application/xml', `<xml>${pairs.map(([name, value]) => `<${name}>${value}</${name}>`).join('')}</xml>`],
        ['application/json', `)]}',\n${text}`],
        ['application/json; charset=utf-16', text],
        ['text/plain', text.replaceAll('"', "'")],
        ['application/json', `"${text.replaceAll('"', '\\"')}"`],
        ['application/json', `[${text}]`],
        ['application/x-ndjson', `${text}\n${text}`],
      ] as const);
      return { body, signature, headers: [['content-type', type]] };
    },
  ],
  'a request as a notice': [
    3,
    (random, material, kind) => {
      const { body, signature } = random.pick(material.requests);
      const wanted = claim(random, material, kind);
      const members = JSON.parse(body) as Members;
      return { body: random.chance(0.5) ? body : JSON.stringify({ ...members, ...wanted }), signature };
    },
  ],
  'an older API version': [
    3,
    (random, material, kind) => {
      const body: Members = {
        ...claim(random, material, kind),
        order_status: 'FAILED',
        order_status_int: 2,
        api_version: 'v1',
      };
      const unsigned = ['api_version', 'order_status_int', 'channel_biz_data', 'event', 'event_data'];
      const signed = Object.fromEntries(Object.entries(body).filter(([name]) => !unsigned.includes(name)));
      const version = random.pick(['v1', 'V1', '', ' ', null, 'v0', 'v9', 2, ['v2'], 'v2 ']);
      const isAbsent = random.chance(0.2);
      const sent: Members = {
        ...body,
        api_version: version,
        ...(random.chance(0.5) ? { order_status: 'SUCCEED' } : {}),
      };
      if (isAbsent) delete sent.api_version;
      return { body: JSON.stringify(sent), signature: signLesspay(signed, material.secret) };
    },
  ],
  'split anew': [6, resplit],
  'authentic but wrong': [8, authenticButWrong],
  garbage: [
    3,
    (random, material, kind) => {
      const { signature } = seenOf(random, material, kind);
      const body = random.pick([
        () => random.bytes(random.int(300)),
        () =>
          random.pick([
            '',
            '{}',
            '[]',
            'null',
            '0',
            '""',
            'SUCCESS',
            '{"":""}',
            '{',
            '[[',
            '{"a"',
            '//x',
            '{}{}',
            '\0',
          ]),
        () =>
          JSON.stringify(
            Object.fromEntries(
              Array.from({ length: random.int(9) }, () => [random.next().toString(36), random.next()]),
            ),
          ),
      ])();
      return { body, signature };
    },
  ],
  'at the wrong door': [
    4,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      const path = random.pick([
        ...Object.values(PATHS).filter((other) => other !== PATHS[kind]),
        ...[
          `${PATHS[kind]}/`,
          `/${PATHS[kind]}`,
          PATHS[kind].replace('/lesspay', '/%6cesspay'),
          PATHS[kind].toUpperCase(),
        ],
        ...[
          '/payins',
          '/payouts',
          '/webhooks',
          '/webhooks/lesspay',
          `${PATHS[kind]}/../payout`,
          '/webhooks/lesspay/payin%00',
        ],
      ]);
      return { body, signature, path, method: random.pick(['POST', 'POST', 'POST', 'PUT', 'GET', 'DELETE', 'PATCH']) };
    },
  ],
  replayed: [
    3,
    (random, material, kind) => {
      const { body, signature } = seenOf(random, material, kind);
      return {
        body,
        signature,
        ...(random.chance(0.3) ? { headers: [['x-auth-timestamp', String(material.now - random.int(299_000))]] } : {}),
      };
    },
  ],
};

function base64url(value: string | Uint8Array): string {
  return Buffer.from(value as string).toString('base64url');
}

/** A compact JWS over any header and any claims, by any key and hash. */
function token(header: object, claims: string, key: string | Uint8Array, hash = 'sha256'): string {
  const input = `${base64url(JSON.stringify(header))}.${base64url(claims)}`;
  return `${input}.${createHmac(hash, key).update(input).digest('base64url')}`;
}

const HS256 = { alg: 'HS256', typ: 'JWT' };

/** A callback's claims as LeanX's sample has them, for one payout. */
export function leanxClaims({ requestId, payOrderId, amount }: Target): Members {
  return {
    output: { error_description: [], bank_response: { Success: true } },
    client_data: { virtual_pool_reference: payOrderId, external_invoice_ref: requestId, recipient_reference: 'Salary' },
    invoice_status_id: 2,
    invoice_status: 'SUCCESS',
    amount,
    payout_service_id: 1,
  };
}

function leanxClaim(random: Random, { targets }: ForgeryMaterial): Members {
  return leanxClaims(random.pick(only(targets, 'leanx')));
}

function envelope(data: unknown): string {
  return JSON.stringify({ data, response_code: 2100 });
}

function seenToken(random: Random, { seen }: ForgeryMaterial): { body: string; parts: [string, string, string] } {
  const { body } = random.pick(only(seen, 'leanx'));
  const { data } = JSON.parse(body) as { data: string };
  const [header = '', claims = '', signature = ''] = data.split('.');
  return { body, parts: [header, claims, signature] };
}

const LEANX: Readonly<Record<string, readonly [weight: number, family: Family]>> = {
  'bits flipped': [
    6,
    (random, material) => {
      const bytes = encoder.encode(seenToken(random, material).body);
      for (let flips = random.between(1, 4); flips > 0; flips -= 1) {
        const at = random.int(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
      }
      return { body: bytes };
    },
  ],
  truncated: [
    3,
    (random, material) => {
      const { body } = seenToken(random, material);
      return { body: body.slice(0, random.int(body.length)) + random.pick(['', '}', '"}']) };
    },
  ],
  'another algorithm': [
    6,
    (random, material) => {
      const claims = JSON.stringify(leanxClaim(random, material));
      const alg = random.pick([
        'none',
        'None',
        'nOnE',
        'NONE',
        '',
        'HS384',
        'HS512',
        'RS256',
        'ES256',
        'PS256',
        'EdDSA',
        'hs256',
        'dir',
        0,
        null,
        ['HS256'],
      ]);
      const hash = alg === 'HS512' ? 'sha512' : alg === 'HS384' ? 'sha384' : 'sha256';
      const whole = token({ ...HS256, alg }, claims, material.hashKey, hash);
      const unsigned = whole.slice(0, whole.lastIndexOf('.') + 1);
      return {
        body: envelope(
          random.pick([whole, unsigned, unsigned.slice(0, -1), `${unsigned}${seenToken(random, material).parts[2]}`]),
        ),
      };
    },
  ],
  'another key': [
    6,
    (random, material) => {
      const { hashKey } = material;
      const keys = [
        ...material.foreignSecrets,
        ...[' ', 'undefined', 'null', hashKey.toUpperCase(), `${hashKey}\n`, hashKey.slice(1), material.secret],
      ];
      const key = random.chance(0.2) ? Buffer.from(hashKey, 'hex') : random.pick(keys);
      return { body: envelope(token(HS256, JSON.stringify(leanxClaim(random, material)), key)) };
    },
  ],
  'claims altered': [
    6,
    (random, material) => {
      const { parts } = seenToken(random, material);
      const claims = JSON.parse(Buffer.from(parts[1], 'base64url').toString()) as Members;
      const wanted = leanxClaim(random, material);
      const altered = random.chance(0.5)
        ? wanted
        : { ...claims, [random.pick(Object.keys(wanted))]: wanted[random.pick(Object.keys(wanted))] };
      const text = JSON.stringify({ ...altered, altered: 1 });
      return { body: envelope([parts[0], base64url(text), parts[2]].join('.')) };
    },
  ],
  'signature spelled otherwise': [
    4,
    (random, material) => {
      const whole = token(HS256, JSON.stringify(leanxClaim(random, material)), material.foreignSecrets[0] ?? 'x');
      const [header = '', claims = '', signature = ''] = whole.split('.');
      const spelled = [
        ...[
          '',
          '.',
          signature.slice(0, -4),
          `${signature}AAAA`,
          `${signature}=`,
          signature.toUpperCase(),
          'A'.repeat(43),
        ],
        ...[
          `${signature}.${signature}`,
          'é'.repeat(43),
          `${signature} `,
          'null',
          Buffer.from(signature, 'base64url').toString('hex'),
        ],
      ];
      return { body: envelope(`${header}.${claims}.${random.pick(spelled)}`) };
    },
  ],
  'header with a key of its own': [
    4,
    (random, material) => {
      const own = 'a-key-of-the-forgers-own-making-0123456789';
      const extra = random.pick([
        { jwk: { kty: 'oct', k: base64url(own) } },
        { jku: 'https://evil.example/jwks.json' },
        { x5u: 'https://evil.example/cert.pem' },
        { kid: '../../../../dev/null' },
        { kid: "' UNION SELECT 'x" },
        { crit: ['exp'], exp: 1 },
        { crit: ['b64'], b64: false },
        { zip: 'DEF' },
        { typ: 'JWE', enc: 'A256GCM' },
      ]);
      return { body: envelope(token({ ...HS256, ...extra }, JSON.stringify(leanxClaim(random, material)), own)) };
    },
  ],
  'out of its time': [
    3,
    (random, material) => {
      const seconds = Math.floor(material.now / 1000);
      const times = random.pick([
        { exp: seconds - 600 },
        { exp: 0 },
        { exp: '1' },
        { exp: { a: 1 } },
        { nbf: seconds + 86_400 },
        { nbf: 'later' },
        { exp: -1, nbf: seconds + 86_400 },
      ]);
      return {
        body: envelope(token(HS256, JSON.stringify({ ...leanxClaim(random, material), ...times }), material.hashKey)),
      };
    },
  ],
  'authentic but wrong': [
    5,
    (random, material) => {
      const wanted = leanxClaim(random, material);
      const data = wanted.client_data as Members;
      const changed = random.pick<Members>([
        ...[
          { amount: '1.00' },
          { amount: '25.51' },
          { amount: 2550 },
          { amount: '25,50' },
          { amount: null },
          { amount: '-25.50' },
        ],
        ...[{ payout_service_id: 2 }, { payout_service_id: '77' }, { payout_service_id: [1] }, { client_data: null }],
        ...['PAID', 'SUCCES', 'FAILED?', 'PENDING', '2', ''].map((invoice_status) => ({ invoice_status })),
        { client_data: { ...data, external_invoice_ref: 'nobody' } },
        { client_data: { ...data, external_invoice_ref: ['x'] } },
        { client_data: { ...data, virtual_pool_reference: 'PAYOUT-0000:000000-LEANX' } },
        // A bill's callback is signed with the same key.
        {
          client_data: { merchant_invoice_no: data.external_invoice_ref, order_id: data.external_invoice_ref },
          invoice_type: 'NORMAL_COLLECTION',
        },
      ]);
      return { body: envelope(token(HS256, JSON.stringify({ ...wanted, ...changed }), material.hashKey)) };
    },
  ],
  'another envelope': [
    6,
    (random, material) => {
      const { body, parts } = seenToken(random, material);
      const forged = token(HS256, JSON.stringify(leanxClaim(random, material)), material.foreignSecrets[0] ?? 'x');
      const wanted = leanxClaim(random, material);
      return {
        body: random.pick([
          () => withRaw(random, body, `"${escaped(random, 'data')}":"${forged}"`),
          () => withRaw(random, body, `"${escaped(random, '__proto__')}":{"data":"${forged}"}`),
          () => JSON.stringify({ data: wanted, response_code: 2000 }),
          () => JSON.stringify({ ...wanted, response_code: 2000 }),
          () => envelope([forged]),
          () => envelope({ protected: parts[0], payload: parts[1], signature: parts[2] }),
          () => envelope(parts.slice(0, 2).join('.')),
          () => envelope([...parts, ...parts].slice(0, 5).join('.')),
          () => `data=${encodeURIComponent(forged)}&response_code=2100`,
          () => '['.repeat(random.pick([33, 1000, 50_000])),
          () => envelope(`${forged}${'x'.repeat(random.pick([10, 250_000, 300_000]))}`),
          () => random.bytes(random.int(200)),
          () =>
            random.pick([
              '',
              '{}',
              'null',
              '[]',
              '{"data":null}',
              '{"data":""}',
              '{"data":".."}',
              '{"data":"..."}',
              'SUCCESS',
            ]),
        ])(),
      };
    },
  ],
  'claims that are no claims': [
    3,
    (random, material) => {
      const text = random.pick([
        '',
        'null',
        '[]',
        '"x"',
        '{',
        '{"a":1,"a":2}',
        '{"__proto__":{"invoice_status":"SUCCESS"}}',
        '['.repeat(40),
        '\ufeff{}',
        '0',
        '{"client_data":{"external_invoice_ref":{}}}',
      ]);
      return { body: envelope(token(HS256, text, material.hashKey)) };
    },
  ],
  'at the wrong door': [
    2,
    (random, material) => ({
      body: seenToken(random, material).body,
      path: random.pick([PATHS.payin, PATHS.payout, `${PATHS.leanx}/`, '/leanx/account-checks', '/webhooks/leanx%20']),
      method: random.pick(['POST', 'POST', 'PUT', 'GET']),
    }),
  ],
  replayed: [2, (random, material) => ({ body: seenToken(random, material).body })],
};

function pickFamily(random: Random, families: typeof LESSPAY): [string, Family] {
  const entries = Object.entries(families);
  let left = random.next() * entries.reduce((sum, [, [weight]]) => sum + weight, 0);
  for (const [name, [weight, family]] of entries) {
    left -= weight;
    if (left < 0) return [name, family];
  }
  throw new RangeError('The weights do not add up.');
}

/**
 * One forged webhook. The platform's secret signs here only what a forger can get signed: notices of orders of his own with
 * texts that he chose, notices under version 1, and authentic ones that say something else than the claim.
 */
export function forge(random: Random, material: ForgeryMaterial): Forgery {
  const kind = random.pick<NoticeKind>(['payin', 'payin', 'payin', 'payout', 'payout', 'leanx']);
  const [family, make] = pickFamily(random, kind === 'leanx' ? LEANX : LESSPAY);
  const draft = make(random, material, kind);
  const headers = new Map<string, string>([['content-type', 'application/json']]);
  if (kind !== 'leanx') {
    headers.set('x-auth-timestamp', String(material.now));
    if (draft.signature !== undefined && draft.signature !== '') headers.set('x-auth-signature', draft.signature);
  }
  for (const [name, value] of draft.headers ?? []) headers.set(name, value);
  const { body } = draft;
  return {
    kind,
    family,
    method: draft.method ?? 'POST',
    path: draft.path ?? PATHS[kind],
    headers: [...headers],
    body: typeof body === 'string' ? encoder.encode(body) : new Uint8Array(body),
  };
}
