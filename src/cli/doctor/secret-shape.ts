import type { SigningProxyOptions } from '../../proxy/index.ts';
import { type Finding, findingsOf } from './finding.ts';

const { ok, problem, warning } = findingsOf('secrets');

const PLACEHOLDER =
  /^(?:<.*>|\[.*\]|\{.*\}|\$.*|%.*%|x+|\*+|\.+|-+|_+|0+|1234567890.*)$|placeholder|change[-_ ]?me|replace[-_ ]?(?:me|this)|^(?:your|my|the|enter|insert|paste|put|fill|some)[-_ ](?:[a-z]+[-_ ])*(?:secret|token|key|id|here)|^to[-_]?do\b/i;
const LABELLED = /^(?:bearer\s|(?:[a-z]+[-_ ]?)*(?:secret|token|key)["']?\s*[=:])/i;
const PUBLIC_KEY = /BEGIN [A-Z ]*PUBLIC KEY|^ssh-(?:rsa|ed25519)|^(?:pk|pub|public)[-_]|^MI(?:GfMA0|IBIjAN|ICIjAN)/i;
const PEM = /-----BEGIN|^MII/;
const MISSING_WORDS = new Set(['undefined', 'null', 'NaN', '[object Object]']);
const LEANX_TOKEN = /^[A-Z]{2}-[0-9A-F]{8}-[A-Z]{2}\|[0-9a-f-]{36}\|[0-9a-f]{32,}$/i;

/** A value of the configuration that must be kept, or at least spelled, well. */
interface Named {
  name: string;
  value: unknown;
  isSecret: boolean;
}

/** The secrets of a setup and what stands beside them. */
function named({ lesspay, leanx }: SigningProxyOptions): Named[] {
  const list = (name: string, value: unknown): Named[] =>
    Array.isArray(value)
      ? value.map((one: unknown, index) => ({ name: `${name}[${index}]`, value: one, isSecret: true }))
      : [{ name, value, isSecret: true }];
  const ofLesspay = Object(lesspay) as Partial<SigningProxyOptions['lesspay']>;
  return [
    { name: 'lesspay.appId', value: ofLesspay.appId, isSecret: false },
    ...list('lesspay.appSecret', ofLesspay.appSecret),
    ...(leanx === undefined
      ? []
      : [{ name: 'leanx.authToken', value: leanx.authToken, isSecret: true }, ...list('leanx.hashKey', leanx.hashKey)]),
  ];
}

/** Every text of a setup that must never be printed. */
export function secretsOf(options: SigningProxyOptions): string[] {
  const values = named(options).flatMap(({ value, isSecret }) =>
    isSecret && typeof value === 'string' ? [value] : [],
  );
  // LeanX's token holds the hash key as its last part.
  return values
    .flatMap((value) => [value, value.trim(), ...value.split('|').slice(1)])
    .filter((text) => text.length > 3);
}

/** Looks at the shape of the secrets: what was pasted with a mistake, or never pasted. */
export function checkSecrets(options: SigningProxyOptions): Finding[] {
  const values = named(options);
  const faults = values.flatMap(({ name, value, isSecret }) => {
    const fault = faultOf(value, isSecret);
    return fault ? [problem(`${name} ${fault[0]}.`, fault[1])] : [];
  });
  const findings = [...faults, ...mixUps(values, faults.length > 0)];
  if (findings.length > 0) return findings;
  const names = values.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  return [ok(`${names.join(', ')}: nothing odd about their shape.`)];
}

function faultOf(value: unknown, isSecret: boolean): [says: string, remedy: string] | undefined {
  const again = 'Copy the value once more from the portal, and nothing else.';
  if (value === undefined || value === null || value === '') {
    return ['is missing', 'Set the environment variable that it is read from, and check its spelling.'];
  }
  if (typeof value !== 'string') return ['is not a text', 'Give the value as a string.'];
  const text = value.trim();
  if (text === '') return ['is blank', 'Set the environment variable that it is read from.'];
  if (MISSING_WORDS.has(text)) {
    return [
      'is the text of a missing value',
      'The environment variable was not set when it was read: set it, or load the .env file first.',
    ];
  }
  if (text !== value)
    return [
      'begins or ends with a blank or a line break',
      'Remove it; `echo -n` and `tr -d "\\n"` write no line break.',
    ];
  if (/^(["'`]).*\1$/s.test(value))
    return [
      'is wrapped in quotes, which became part of it',
      'Remove the quotes: Docker and systemd take them literally.',
    ];
  if (LABELLED.test(value)) return ['holds its own name or a prefix such as "Bearer"', again];
  if (isSecret && PUBLIC_KEY.test(value))
    return [
      'looks like a public key',
      'Give the secret: what signs is shared with the platform and kept from everybody else.',
    ];
  if (isSecret && PEM.test(value))
    return ['looks like a key file', 'Give the secret text from the portal; neither upstream signs with a key file.'];
  if (PLACEHOLDER.test(value)) return ['looks like a placeholder', 'Put the real value there, from the portal.'];
  if (!/^[\x21-\x7e]+$/.test(value)) return ['has blanks or characters outside ASCII inside', again];
  if (isSecret && value.length < 16)
    return [
      'is shorter than 16 characters',
      'Check that it was copied whole. A shorter secret can be guessed from one signed notice.',
    ];
  if (isSecret && new Set(value).size < 6)
    return ['is made of very few different characters', 'Put the real value there, from the portal.'];
  return undefined;
}

/** Values that are right by themselves and stand in the wrong place. */
function mixUps(values: readonly Named[], hasFaults: boolean): Finding[] {
  if (hasFaults) return [];
  const find = (name: string) =>
    values.filter((entry) => entry.name.startsWith(name)).map(({ value }) => String(value));
  const [appId] = find('lesspay.appId');
  const appSecrets = find('lesspay.appSecret');
  const [token] = find('leanx.authToken');
  const hashKeys = find('leanx.hashKey');
  const findings: Finding[] = [];
  if (appId !== undefined && appSecrets.includes(appId)) {
    findings.push(
      problem(
        'lesspay.appSecret is the same as lesspay.appId.',
        'Give the appSecret, which Lesspay sends beside the APPID.',
      ),
    );
  }
  if (new Set(appSecrets).size < appSecrets.length) {
    findings.push(
      problem(
        'lesspay.appSecret lists the same secret twice.',
        'Give [current, previous]; without a rotation one secret is enough.',
      ),
    );
  }
  if (token === undefined) return findings;
  if (appSecrets.some((secret) => hashKeys.includes(secret) || secret === token)) {
    findings.push(
      problem(
        'lesspay.appSecret and a key of LeanX are the same.',
        'They belong to two companies: copy each from its own portal.',
      ),
    );
  }
  if (!LEANX_TOKEN.test(token)) {
    findings.push(
      warning(
        'leanx.authToken is not of the form merchant|id|key.',
        'Copy it whole from the LeanX portal, and quote it in the shell: it has pipes in it.',
      ),
    );
  } else if (!hashKeys.includes(token.split('|')[2] ?? '')) {
    findings.push(
      warning(
        'leanx.hashKey is not the last part of leanx.authToken, as it usually is.',
        'Check that both are of the same API key.',
      ),
    );
  }
  return findings;
}
