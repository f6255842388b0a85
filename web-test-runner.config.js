import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import puppeteerCore from 'puppeteer-core';
import { compileTemplates } from './scripts/compile-templates.js';
import { findChromium, findFirefox, findWebKit } from './scripts/browsers.js';
import { slimmed } from './scripts/slim-lit.js';
import { tallyReporter } from './scripts/tally-reporter.js';
import { webkitLauncher } from './scripts/webkit-launcher.js';

/**
 * Element tests run in Chromium, and in Firefox and WebKitGTK where they are installed. BROWSERS=chromium,firefox,webkit
 * narrows the choice (and then asks for what it names); CHROME_PATH and FIREFOX_PATH name other executables.
 */
const ENGINES = {
  chromium: {
    found: findChromium(),
    missing: 'no Chrome or Chromium installed',
    launcher: (executablePath) =>
      chromeLauncher({
        launchOptions: {
          executablePath,
          headless: true,
          args: [
            '--no-sandbox',
            '--disable-dev-shm-usage',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
            '--disable-extensions',
            '--disable-gpu',
          ],
        },
      }),
  },
  firefox: {
    found: findFirefox(),
    missing: 'not installed',
    // Puppeteer speaks WebDriver BiDi to Firefox itself: no geckodriver.
    launcher: (executablePath) =>
      chromeLauncher({
        puppeteer: puppeteerCore,
        concurrency: 1,
        launchOptions: { browser: 'firefox', executablePath, headless: true },
      }),
  },
  webkit: {
    found: findWebKit(),
    missing: 'WebKitGTK with its WebDriver and Xvfb are not all installed',
    launcher: webkitLauncher,
  },
};

const named = process.env.BROWSERS?.split(',').map((name) => name.trim());
for (const name of named ?? ['chromium']) {
  if (!ENGINES[name]) throw new Error(`BROWSERS names ${name}; it may name ${Object.keys(ENGINES).join(', ')}.`);
  if (!ENGINES[name].found) throw new Error(`The element tests need ${name}: ${ENGINES[name].missing}.`);
}
const run = [];
const leftOut = [];
for (const [name, engine] of Object.entries(ENGINES)) {
  if (named && !named.includes(name)) leftOut.push(`${name} (not in BROWSERS)`);
  else if (!engine.found) leftOut.push(`${name} (${engine.missing})`);
  else run.push(name);
}
console.log(`Engines: ${run.join(', ')}.${leftOut.length ? ` Left out: ${leftOut.join('; ')}.` : ''}`);

/** The package's public names, resolved to its sources: tests import the package as a page does. */
const publicNames = {
  name: 'public-names',
  resolveImport({ source }) {
    if (source === 'lesspay-elements') return '/src/index.ts';
    const [, entry] = /^lesspay-elements\/(.+)$/.exec(source) ?? [];
    if (!entry) return undefined;
    return entry === 'rules' ? '/src/rules/index.ts' : `/src/${entry}.ts`;
  },
};

/** Papa Parse is published as a script for CommonJS and AMD; the dev server hands out modules only. */
const papaparseAsModule = {
  name: 'papaparse-as-module',
  transform({ path, body }) {
    if (!path.endsWith('/papaparse/papaparse.js') && !path.endsWith('/papaparse/papaparse.min.js')) return undefined;
    return `const module = { exports: {} }; const { exports } = module;\n(function () {${body}}).call(globalThis);\nexport default module.exports;`;
  },
};

/**
 * SLIM=1 runs the tests over what the one-file builds make of Lit and of the templates. Those of the tests are compiled
 * too, for they are drawn by the same Lit.
 */
const isSlim = Boolean(process.env.SLIM);
const slimLit = {
  name: 'slim-lit',
  transform: ({ path, body }) => (path.endsWith('.js') ? slimmed(body, path, { directives: true }) : undefined),
};
const compiledTemplates = {
  name: 'compiled-templates',
  transform: ({ path, body }) => (/\/elements\/[^/]+\.ts$/.test(path) ? compileTemplates(body) : undefined),
};

/** The policy under which every element must run, for test pages asked for with `?strict`. */
const STRICT_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
  "object-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

async function strictPolicy(context, next) {
  await next();
  if (context.query.strict !== undefined) context.set('content-security-policy', STRICT_CSP);
}

export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: isSlim ? { exportConditions: ['production'] } : true,
  // One page at a time: a page behind another one is hidden, so it gets no frames and no focus. And one engine at a
  // time, or the audits run out of time on two cores.
  concurrency: 1,
  concurrentBrowsers: 1,
  browsers: run.map((name) => ENGINES[name].launcher(ENGINES[name].found)),
  plugins: [
    publicNames,
    papaparseAsModule,
    // As they are published: before the next one writes them anew.
    isSlim && slimLit,
    esbuildPlugin({ ts: true, target: 'es2022' }),
    isSlim && compiledTemplates,
  ].filter(Boolean),
  middleware: [strictPolicy],
  // The tests run Lit's development build on purpose: it throws on shadowed properties and tells of wasted updates.
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter(), tallyReporter()],
  testFramework: { config: { timeout: 30_000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
};
