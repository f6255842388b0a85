/**
 * The import directions of src/: for each folder, which folders it may import. Lint and a test read this one table.
 * A file that stands at the top of src/ or has rules of its own is a "folder" too.
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
  proxy: ['lesspay', 'leanx', 'upstream', 'protocol', 'rules'],
  sandbox: ['lesspay', 'leanx', 'rules'],
  cli: ['sandbox', 'proxy'],
};

/** What a folder may take from npm. */
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
  files: ['proxy/node.ts', 'proxy/fastify.ts', 'proxy/node-call.ts', 'sandbox/node.ts'],
};

/** The folder (a key of ARROWS) to which a path relative to src/ belongs. */
export function folderOf(path) {
  const [head] = path.split('/');
  return head.replace(/\.ts$/, '');
}

export const FOLDERS = Object.keys(ARROWS).map((name) => ({
  name,
  files: [`src/${name}.ts`, `src/${name}/**/*.ts`],
}));

/** no-restricted-imports patterns for one folder. */
export function forbiddenFor(name) {
  const allowed = new Set([name, ...ARROWS[name]]);
  const others = Object.keys(ARROWS).filter((other) => !allowed.has(other));
  return [
    {
      regex: `^(\\.\\./)+(${others.join('|')})(/|\\.ts$)|^\\./(${others.join('|')})(/|\\.ts$)`,
      message: `src/${name} may import only: ${[...allowed].join(', ')} (scripts/arrows.js).`,
    },
    { regex: '^lesspay-elements', message: 'Inside src/ import by relative path.' },
  ];
}
