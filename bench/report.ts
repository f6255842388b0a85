import type { Machine } from './machine.ts';

/** What a figure counts. */
export type Unit = 'B' | 'kB' | 'MB' | 'ms' | 'µs' | '/s';

/** Our figure over the one it stands beside, both of the same rounds. */
export interface Ratio {
  /** Median of the rounds' ratios; below 1 ours is the smaller. */
  median: number;
  lowest: number;
  highest: number;
  /** Which of our figures, where the section has several. */
  of?: string;
  /** The budget, where there is one. */
  atMost?: number;
  /** The least that is asked for, where more is better. */
  atLeast?: number;
}

/** One measured figure: a line of the report. */
export interface Figure {
  name: string;
  unit: Unit;
  /** The median, where it was measured more than once. */
  value: number;
  p95?: number;
  /** The same without the waiting for a busy machine: what the thread was given of the processor. It carries the budget then. */
  processor?: { value: number; ratio?: Ratio };
  /** The budget of the figure itself. */
  atMost?: number;
  ratio?: Ratio;
  note?: string;
}

/** What could not be measured, and why. */
export interface Missing {
  name: string;
  why: string;
  /** Whether a budget hangs on it, which then counts as missed. */
  judged: boolean;
}

/** Figures that belong in one table. */
export interface Section {
  title: string;
  /** What was measured and how, in a sentence or two. */
  about: string;
  figures: Figure[];
  missing?: Missing[];
}

/** Everything that one run of the bench found out. */
export interface Report {
  machine: Machine;
  sections: Section[];
  /** Budgets that are passed, or could not be checked. */
  over: string[];
}

const DIGITS: Record<Unit, (value: number) => number> = {
  B: () => 0,
  '/s': () => 0,
  kB: (value) => (value < 10 ? 2 : 0),
  MB: () => 1,
  ms: (value) => (value < 10 ? 2 : value < 100 ? 1 : 0),
  µs: (value) => (value < 10 ? 1 : 0),
};

function written(value: number, unit: Unit): string {
  const digits = DIGITS[unit](Math.abs(value));
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '/s' ? `${number}/s` : `${number} ${unit}`;
}

const times = (value: number): string => `${value.toFixed(2)}×`;

/** Each budget of a figure: what it asks, what was measured, whether it holds. */
function budgets({
  name,
  unit,
  value,
  atMost,
  ...figure
}: Figure): { asks: string; holds: boolean; failure: string }[] {
  const found: { asks: string; holds: boolean; failure: string }[] = [];
  const ratio = figure.processor?.ratio ?? figure.ratio;
  const own = ratio?.of ?? 'ours';
  if (atMost !== undefined) {
    const asks = `≤ ${written(atMost, unit)}`;
    found.push({ asks, holds: value <= atMost, failure: `${name}: ${written(value, unit)}, the budget is ${asks}` });
  }
  if (ratio?.atMost !== undefined) {
    const asks = `≤ ${times(ratio.atMost)}`;
    const failure = `${own} is ${times(ratio.median)} ${name}, the budget is ${asks}`;
    found.push({ asks, holds: ratio.median <= ratio.atMost, failure });
  }
  if (ratio?.atLeast !== undefined) {
    const asks = `≥ ${times(ratio.atLeast)}`;
    const failure = `${own} is ${times(ratio.median)} ${name}, the budget is ${asks}`;
    found.push({ asks, holds: ratio.median >= ratio.atLeast, failure });
  }
  return found;
}

/** The budgets of a section that do not hold; one that could not be checked does not hold either. */
export function overBudget({ title, figures, missing = [] }: Section): string[] {
  const failures = figures.flatMap((figure) =>
    budgets(figure).flatMap(({ holds, failure }) => (holds ? [] : [failure])),
  );
  const unchecked = missing.flatMap(({ name, why, judged }) => (judged ? [`${name} was not measured: ${why}`] : []));
  return [...failures, ...unchecked].map((text) => `${title}: ${text}`);
}

const spread = ({ median, lowest, highest }: Ratio): string =>
  lowest === highest ? times(median) : `${times(median)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;

function row(figure: Figure): string[] {
  const { name, unit, value, p95, processor, ratio, note = '' } = figure;
  const asked = budgets(figure);
  return [
    name,
    written(value, unit),
    p95 === undefined ? '' : written(p95, unit),
    ratio ? spread(ratio) : '',
    processor ? written(processor.value, unit) : '',
    processor?.ratio ? spread(processor.ratio) : '',
    asked.map(({ asks }) => asks).join(', '),
    asked.length === 0 ? '' : asked.every(({ holds }) => holds) ? 'ok' : '**over**',
    note,
  ];
}

const HEAD = ['', 'measured', 'p95', 'ours ÷ it', 'processor', 'ours ÷ it', 'budget', '', ''];

/** A Markdown table without the columns in which nothing stands. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.flatMap((_, column) => (rows.some((cells) => cells[column]) ? [column] : []));
  const lines = [head, ...rows].map((cells) => used.map((column) => cells[column] ?? ''));
  const widths = used.map((_, at) => Math.max(3, ...lines.map((cells) => cells[at]?.length ?? 0)));
  const [first = [], ...rest] = lines.map((cells) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))),
  );
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [first, rule, ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A section in Markdown. */
export function sectionText({ title, about, figures, missing = [] }: Section): string {
  const parts = [`## ${title}`, about];
  if (figures.length > 0) parts.push(table(HEAD, figures.map(row)));
  if (missing.length > 0) parts.push(missing.map(({ name, why }) => `- Not measured: ${name}. ${why}`).join('\n'));
  return parts.join('\n\n');
}

function machineText({ cpu, cores, memoryGB, system, loadBefore, loadAfter, started, finished, versions }: Machine) {
  const load = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ');
  return table(
    ['', ''],
    [
      ['Measured', `${started} to ${finished}`],
      ['Machine', `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}`],
      ['Load (1, 5, 15 min)', `${load(loadBefore)} before, ${load(loadAfter)} after`],
      ...Object.entries(versions),
    ],
  );
}

/** The whole report in Markdown. */
export function reportText({ machine, sections, over }: Report): string {
  const verdict =
    over.length === 0 ? 'Every budget holds.' : `Over budget:\n\n${over.map((text) => `- ${text}`).join('\n')}`;
  return `${['# Benchmarks', machineText(machine), verdict, ...sections.map(sectionText)].join('\n\n')}\n`;
}
