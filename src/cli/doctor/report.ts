import { CHECKS, type Finding } from './finding.ts';

const MARKS = { ok: '✓', problem: '✗', warning: '!', skipped: '–' } as const;
const COLOURS = { ok: 32, problem: 31, warning: 33, skipped: 90 } as const;

/** How a report is written. */
export interface ReportStyle {
  /** Columns of the terminal. */
  width: number;
  hasColour: boolean;
}

/** The counts that end a report. */
export function countOf(findings: readonly Finding[], status: Finding['status']): number {
  return findings.filter((finding) => finding.status === status).length;
}

/** The report for people: one aligned block per finding, its remedy below it. */
export function writeReport(title: string, findings: readonly Finding[], { width, hasColour }: ReportStyle): string {
  const paint = (text: string, code: number) => (hasColour ? `\u001B[${code}m${text}\u001B[0m` : text);
  const labelWidth = Math.max(...Object.values(CHECKS).map(({ length }) => length));
  const indent = labelWidth + 4;
  const room = Math.max(40, Math.min(width, 110) - indent);
  let previous = '';
  const blocks = findings.map(({ check, status, says, remedy }) => {
    const label = CHECKS[check] === previous ? '' : CHECKS[check];
    previous = CHECKS[check];
    const lines = [...wrap(says, room), ...(remedy === undefined ? [] : hang(wrap(remedy, room - 2)))];
    const [first = '', ...rest] = lines;
    const head = `${paint(MARKS[status], COLOURS[status])} ${label.padEnd(labelWidth)}  ${first}`;
    return [head, ...rest.map((line) => ' '.repeat(indent) + line)].join('\n');
  });
  return `${title}\n\n${blocks.join('\n')}\n\n${summaryOf(findings)}\n`;
}

function summaryOf(findings: readonly Finding[]): string {
  const problems = countOf(findings, 'problem');
  const warnings = countOf(findings, 'warning');
  const plural = (count: number, word: string) => `${count === 0 ? 'No' : count} ${word}${count === 1 ? '' : 's'}`;
  return `${plural(problems, 'problem')}, ${plural(warnings, 'warning').toLowerCase()}.`;
}

function hang([first = '', ...rest]: string[]): string[] {
  return [`→ ${first}`, ...rest.map((line) => `  ${line}`)];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
