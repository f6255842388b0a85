/** What money in and money out are built from. */
const MONEY = [
  'proxy/lifecycle',
  'proxy/merchant',
  'proxy/store',
  'proxy/journal',
  'proxy/http',
  'proxy/concurrency',
  'lesspay',
  'upstream',
  'protocol',
  'rules',
];

/**
 * The import directions of src/: for each folder, which folders it may import. Lint and a test read this one table.
 * A file that stands at the top of src/ or has rules of its own is a "folder" too. A folder inside another one, as those of
 * src/proxy, may import what stands at the top of that other one besides; whoever wants in from outside names it.
 */
export const ARROWS = {
  rules: [],
  protocol: ['rules'],
  locales: ['rules', 'protocol'],
  client: ['protocol', 'rules'],
  payouts: ['client', 'protocol', 'rules'],
  elements: ['payouts', 'client', 'protocol', 'rules', 'locales'],
  index: ['elements', 'payouts', 'client', 'protocol', 'rules', 'locales'],
  define: ['elements'],
  upstream: [],
  lesspay: ['upstream', 'protocol', 'rules'],
  leanx: ['upstream', 'protocol', 'rules'],
  proxy: ['proxy/payin', 'proxy/payout', 'proxy/limiter', ...MONEY, 'leanx'],
  'proxy/payin': MONEY,
  'proxy/payout': [...MONEY, 'leanx'],
  // What a pay-in and a payout have alike, from their id to their last status.
  'proxy/lifecycle': ['proxy/journal', 'proxy/http', 'lesspay', 'protocol', 'rules'],
  'proxy/limiter': ['proxy/merchant', 'proxy/store', 'proxy/journal', 'proxy/http', 'proxy/concurrency'],
  'proxy/merchant': ['proxy/store', 'proxy/journal', 'proxy/http', 'proxy/concurrency', 'protocol'],
  'proxy/store': ['proxy/concurrency'],
  'proxy/journal': ['upstream', 'protocol'],
  'proxy/http': ['upstream', 'protocol'],
  'proxy/concurrency': [],
  sandbox: ['lesspay', 'leanx', 'rules'],
  cli: ['sandbox', 'proxy', 'proxy/store'],
};

/** What a folder at the top of src/ may take from npm. */
export const PACKAGES = {
  rules: ['zod/mini'],
  protocol: ['zod/mini'],
  locales: [],
  client: [],
  payouts: ['papaparse'],
  elements: ['lit'],
  index: [],
  define: [],
  upstream: ['undici'],
  lesspay: ['zod/mini', 'lossless-json'],
  leanx: ['zod/mini', 'jose'],
  proxy: ['zod/mini'],
  sandbox: ['zod/mini', 'jose', 'lossless-json'],
  cli: [],
};

/** Folders where a node:* import is allowed anywhere, and the single files where it is. */
export const NODE_BUILTINS = {
  folders: ['cli'],
  modules: ['node:crypto'],
  moduleFolders: ['lesspay', 'leanx', 'proxy', 'sandbox', 'upstream'],
  files: ['proxy/node.ts', 'proxy/fastify.ts', 'proxy/http/node-call.ts', 'sandbox/node.ts'],
};

/** The folders at the top of src/ whose own folders have rows. */
const DIVIDED = new Set(Object.keys(ARROWS).flatMap((name) => (name.includes('/') ? topOf(name) : [])));

/** The folder at the top of src/ that a path relative to src/ lies in. */
export function topOf(path) {
  const [head] = path.split('/');
  return head.replace(/\.ts$/, '');
}

/** The folder (a key of ARROWS) to which a path relative to src/ belongs. */
export function folderOf(path) {
  const top = topOf(path);
  const [, part, file] = path.split('/');
  return file !== undefined && DIVIDED.has(top) ? `${top}/${part}` : top;
}

/** The folders that a folder may import, itself among them. */
export function allowedFor(name) {
  return new Set([name, topOf(name), ...ARROWS[name]]);
}

export const FOLDERS = Object.keys(ARROWS).map((name) => ({
  name,
  files: [`src/${name}.ts`, `src/${name}/**/*.ts`],
  ignores: DIVIDED.has(name) ? [`src/${name}/*/**`] : [],
}));

/** no-restricted-imports patterns for one folder. */
export function forbiddenFor(name) {
  const allowed = allowedFor(name);
  const inside = `${topOf(name)}/`;
  const others = Object.keys(ARROWS)
    .filter((other) => !allowed.has(other))
    // A neighbour is reached without naming the folder that both are in.
    .flatMap((other) => (other.startsWith(inside) ? [other, other.slice(inside.length)] : other));
  return [
    {
      regex: `^(\\.\\./)+(${others.join('|')})(/|\\.ts$)|^\\./(${others.join('|')})(/|\\.ts$)`,
      message: `src/${name} may import only: ${[...allowed].join(', ')} (scripts/arrows.js).`,
    },
    { regex: '^lesspay-elements', message: 'Inside src/ import by relative path.' },
  ];
}
