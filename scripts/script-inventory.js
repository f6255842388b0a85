/**
 * The inventory of the one-file builds that PCI DSS 4.0.1, 6.4.3, asks of a page with scripts: what each of them is there
 * for, the hash by which its integrity is assured, what it loads, what it calls, and whose code is in it. Whoever puts one
 * on a page completes it with who authorised that.
 */
import { basename, dirname } from 'node:path';
import { integrityOf } from './script-tag.js';

/** The routes of the merchant's own proxy that each element calls, below its `proxy` attribute. */
export const CALLS = {
  'lesspay-checkout': ['POST /payins'],
  'lesspay-payment-status': ['GET /payins/{requestId}'],
  'lesspay-payout-status': ['GET /payouts/{requestId}'],
  'lesspay-bank-picker': ['GET /banks', 'GET /leanx/banks'],
  'lesspay-recipient-form': [
    'POST /payouts',
    'GET /payouts/{requestId}',
    'GET /banks',
    'GET /leanx/banks',
    'POST /leanx/account-checks',
  ],
  'lesspay-payout-batch': ['POST /payouts', 'GET /payouts/{requestId}', 'GET /banks', 'GET /leanx/banks'],
};

/** Where an element sends the whole page, on the shopper's click only. */
const LEADS_TO = {
  'lesspay-checkout':
    'the hosted checkout page, as a navigation of the page and never in a frame: an https address that the proxy has checked against `lesspay.checkoutHosts`',
};

/** What the parts are there for that an element loads when it is used, and the elements that load them. */
const PARTS = {
  'lesspay-bank-picker': {
    purpose: 'The list of banks of a recipient form, loaded with its first bank.',
    tags: ['lesspay-bank-picker'],
  },
  'payout-desk': {
    purpose: 'Review and sending of a recipient form with `payout`, loaded with that attribute.',
    tags: ['lesspay-recipient-form'],
  },
  'payout-desk-text': {
    purpose: 'Words and styles that two parts have in common.',
    tags: [],
  },
  'payout-batch-desk': {
    purpose: 'The table of many payouts, loaded when `<lesspay-payout-batch>` is first used.',
    tags: ['lesspay-payout-batch'],
  },
};

const firstSentence = (text) => text.replace(/\s+/g, ' ').replace(/^(.*?[.:])(?: .*)?$/, '$1');

/** What an element is, in the words of the manifest. */
function purposeOf(tag, manifest) {
  const declaration = manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .find(({ tagName }) => tagName === tag);
  if (!declaration) throw new Error(`<${tag}> is not in the manifest.`);
  return `\`<${tag}>\`: ${firstSentence(declaration.summary ?? declaration.description)}`;
}

function describe(file, manifest) {
  const language = /^locales\/(.+)\.js$/.exec(file)?.[1];
  if (language) {
    const name = new Intl.DisplayNames('en', { type: 'language' }).of(language);
    return { purpose: `The elements' texts in ${name}.`, tags: [] };
  }
  const [name, part] = file.replace(/\.js$/, '').split('.');
  if (part !== undefined) {
    if (!PARTS[part]) throw new Error(`Say in scripts/script-inventory.js what ${file} is there for.`);
    return PARTS[part];
  }
  const tags = name in CALLS ? [name] : Object.keys(CALLS);
  return {
    purpose:
      tags.length === 1 ? purposeOf(name, manifest) : `Every element: ${tags.map((tag) => `\`<${tag}>\``).join(', ')}.`,
    tags,
  };
}

/** The npm packages whose code stands in a file, with their versions. */
export const withVersions = (names, lock) =>
  [...names].sort().map((name) => `${name}@${lock.packages[`node_modules/${name}`].version}`);

/**
 * @param {{ about: object, lock: object, manifest: object, scripts: { file: string, code: Buffer, loads: string[], packages: Set<string> }[] }} of
 *   package.json, package-lock.json, the custom elements manifest, and the one-file builds
 * @returns {{ json: string, markdown: string }}
 */
export function scriptInventory({ about, lock, manifest, scripts }) {
  const entries = scripts.map(({ file, code, loads, packages }) => {
    const { purpose, tags } = describe(file, manifest);
    return {
      file,
      purpose,
      bytes: code.length,
      integrity: integrityOf(code),
      loads,
      connectsTo: [...new Set(tags.flatMap((tag) => CALLS[tag]))],
      leadsTo: tags.flatMap((tag) => LEADS_TO[tag] ?? []),
      owner: about.name,
      contains: withVersions(packages, lock),
    };
  });
  const rows = entries.map(({ file, purpose, integrity, loads, connectsTo, leadsTo, contains }) =>
    [
      `\`${file}\``,
      purpose,
      `\`${integrity}\``,
      loads.map((part) => `\`${part}\``).join(', ') || 'nothing',
      [...connectsTo.map((route) => `\`${route}\``), ...leadsTo].join(', ') || 'nothing',
      contains.join(', ') || 'no code of others',
      '',
    ].join(' | '),
  );
  const markdown = `# Scripts of ${about.name} ${about.version}

For the script inventory of a payment page (PCI DSS 4.0.1, requirement 6.4.3). Every file is code of ${about.name}
(${about.license}), with the open-source packages named beside it; their licences are in LICENSES.txt. You serve the
files from your own host. The hash goes into the \`integrity\` attribute of the script's tag (script-tags.html), and for
the files that a script loads by itself into \`integrity\` of the page's import map.

"Calls" are paths below the element's \`proxy\` attribute, on your own origin unless your page's code has allowed
another by \`allowedProxyOrigins\`. No script calls anything else, loads anything but the files beside it, sends
telemetry, or writes cookies or storage.

| File | Purpose | Hash | Loads | Calls | Contains | Authorised by, date (yours) |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
  const json = { name: about.name, version: about.version, standard: 'PCI DSS 4.0.1, 6.4.3', scripts: entries };
  return { json: `${JSON.stringify(json, undefined, 2)}\n`, markdown };
}

/** The files that a built script imports, at once or later, by their place in dist/cdn. */
export function loadedBy(file, code) {
  const found = [...code.matchAll(/(?:from|import\(?)\s*["']\.\/([^"']+)["']/g)].map(([, part]) => part);
  const folder = dirname(file) === '.' ? '' : `${dirname(file)}/`;
  return [...new Set(found)].map((part) => folder + basename(part)).sort();
}
