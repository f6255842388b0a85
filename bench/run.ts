/**
 * `npm run bench`: measures everything, writes one report and ends with code 1 when a budget is passed or could not be checked.
 * `npm run bench rules signing` runs some of the parts, `npm run bench elements` those in a browser, `npm run bench server` the
 * others. `--out <folder>` says where report.md and report.json go, `--rounds <n>` how often each page is timed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBatch } from './batch.ts';
import { buildIfStale } from './build.ts';
import { benchBytes } from './bytes.ts';
import { type ComparedPages, openComparedPages } from './compared-pages.ts';
import { watchMachine } from './machine.ts';
import { benchMemory } from './memory.ts';
import { installPeers } from './peers.ts';
import { benchPicker } from './picker.ts';
import { benchProxy } from './proxy.ts';
import { overBudget, type Report, reportText, type Section, sectionText } from './report.ts';
import { benchRules } from './rules.ts';
import { benchSigning } from './signing.ts';
import { benchTimes } from './times.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: '.cache/bench' },
    rounds: { type: 'string', default: '40' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('--rounds takes a whole number from 1 on.');
  process.exit(2);
}

let compared: ComparedPages | undefined;
const pages = async (): Promise<ComparedPages> => (compared ??= await openComparedPages('elements'));

const ELEMENTS: Record<string, () => Promise<Section[]>> = {
  bytes: async () => benchBytes(await pages()),
  times: async () => benchTimes(await pages(), rounds),
  picker: benchPicker,
  memory: async () => benchMemory(await pages()),
  batch: benchBatch,
};
const SERVER: Record<string, () => Promise<Section[]>> = {
  rules: benchRules,
  signing: benchSigning,
  proxy: benchProxy,
};
const PARTS = { ...ELEMENTS, ...SERVER };

const wanted = new Set(
  positionals.flatMap((name) =>
    name === 'elements' ? Object.keys(ELEMENTS) : name === 'server' ? Object.keys(SERVER) : [name],
  ),
);
const unknown = [...wanted].filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  const known = ['elements', 'server', ...Object.keys(PARTS)].join(', ');
  console.error(`Unknown part ${unknown.join(', ')}: choose from ${known}.`);
  process.exit(2);
}

/** What stands in the report for a part that broke down, so that the others are not lost with it. */
const broken = (part: string, error: unknown): Section => ({
  title: `The part "${part}"`,
  about: 'It did not come to its end.',
  figures: [],
  missing: [{ name: part, why: error instanceof Error ? (error.stack ?? error.message) : String(error), judged: true }],
});

buildIfStale();
installPeers();
const machine = watchMachine();
const sections: Section[] = [];
try {
  for (const [part, bench] of Object.entries(PARTS)) {
    if (wanted.size > 0 && !wanted.has(part)) continue;
    for (const section of await bench().catch((error: unknown) => [broken(part, error)])) {
      console.log(`\n${sectionText(section)}`);
      sections.push(section);
    }
  }
} finally {
  await compared?.close();
}

const over = sections.flatMap(overBudget);
const report: Report = { machine: machine(), sections, over };
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'report.md'), reportText(report));
writeFileSync(join(values.out, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`\nThe report is in ${join(values.out, 'report.md')} and report.json.`);
for (const failure of over) console.error(`over budget: ${failure}`);
process.exit(over.length > 0 ? 1 : 0);
