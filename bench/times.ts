import type { Browser, CDPSession } from 'playwright-core';
import { type ComparedPages, ownId } from './compared-pages.ts';
import { median, quantile } from './quantile.ts';
import { pairedRatio } from './ratio.ts';
import type { Figure, Missing, Ratio, Section } from './report.ts';

const SHOWN_MS = 20_000;

/** Milliseconds by the clock, and those in which the page's main thread had the processor. */
interface Span {
  clock: number;
  processor: number;
}

/** What one load took. */
interface Times {
  /** From the first statement of the page's script until all it shows has its place. */
  script: Span;
  /** From the navigation (of the processor's: from the head of the page) until that is painted and the page answers. */
  usable: Span;
}

/** The moments that timed pages mark, with the time of the thread, which only a trace tells. */
class Trace {
  readonly #session: CDPSession;
  readonly #moments = new Map<string, { ts: number; tts: number }>();

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Tracing.dataCollected', ({ value }) => {
      for (const { name, ts, tts } of value as unknown as { name: string; ts: number; tts: number }[]) {
        if (name.startsWith('bench ')) this.#moments.set(name, { ts, tts });
      }
    });
  }

  static async start(browser: Browser): Promise<Trace> {
    const session = await browser.newBrowserCDPSession();
    await session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['blink.user_timing'] },
    });
    return new Trace(session);
  }

  async end(): Promise<void> {
    const complete = new Promise<void>((done) => this.#session.once('Tracing.tracingComplete', () => done()));
    await this.#session.send('Tracing.end');
    await complete;
    await this.#session.detach();
  }

  /** From one moment of a load to another. */
  span(load: number, from: string, to: string): Span {
    const [start, end] = [from, to].map((moment) => this.#moments.get(`bench #${load} ${moment}`));
    if (!start || !end) throw new Error(`Load ${load} of the bench left no trace of "${from}" and "${to}".`);
    return { clock: (end.ts - start.ts) / 1000, processor: (end.tts - start.tts) / 1000 };
  }
}

/** A load may be lost on a busy machine; a page that is lost so often in a row does not work. */
const TRIES = 3;

/** One load in a browser context of its own, so that nothing is left of an earlier one; when it was usable. */
async function load(
  { browser, server }: ComparedPages,
  id: string,
  number: number,
  slowdown: number,
): Promise<number | undefined> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  try {
    const page = await context.newPage();
    // The process of the page has done its own starting before the clock runs.
    await page.goto(`${server.origin}/static/index.html`);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(`${server.origin}/timed/${id}/index.html#${number}`, { waitUntil: 'commit' });
    const usable = page
      .evaluate(() => (globalThis as unknown as { bench: { usable: Promise<number> } }).bench.usable)
      // The page is gone: it broke down, or was closed because its time is over.
      .catch(() => undefined);
    return await Promise.race([
      usable,
      new Promise<undefined>((give) => void setTimeout(give, SHOWN_MS, undefined).unref()),
    ]);
  } finally {
    await context.close();
  }
}

/** Every page in turns, each round from another one on; what was not shown is left out of the rounds that follow. */
async function loadAll(
  compared: ComparedPages,
  ids: readonly string[],
  slowdown: number,
  rounds: number,
): Promise<{ times: Map<string, Times[]>; failed: Set<string> }> {
  const loads: { id: string; number: number; usable: number }[] = [];
  const failed = new Set<string>();
  let number = 0;
  const trace = await Trace.start(compared.browser);
  // The first round warms the browser and the server up.
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < ids.length; turn += 1) {
      const id = ids[(turn + round) % ids.length] ?? '';
      if (failed.has(id)) continue;
      let usable: number | undefined;
      for (let tries = 0; usable === undefined && tries < TRIES; tries += 1) {
        number += 1;
        usable = await load(compared, id, number, slowdown);
      }
      if (usable === undefined) failed.add(id);
      else if (round > 0) loads.push({ id, number, usable });
    }
  }
  await trace.end();
  const times = new Map<string, Times[]>(ids.map((id) => [id, []]));
  for (const { id, number, usable } of loads) {
    times.get(id)?.push({
      script: trace.span(number, 'started', 'shown'),
      usable: { clock: usable, processor: trace.span(number, 'parsed', 'usable').processor },
    });
  }
  return { times, failed };
}

const MEASURES: readonly { of: keyof Times; title: string; about: string }[] = [
  {
    of: 'script',
    title: 'from the start of the script to rendered',
    about:
      'From the first statement of the page’s own script until every control is in its place, with style and layout done.',
  },
  {
    of: 'usable',
    title: 'from navigation to usable',
    about:
      'From the navigation, with a server on the same machine, until every control is painted and the page answers.',
  },
];

/** How long pages take in Chromium, all of them in turns, with the processor slowed down four times and at its own speed. */
export async function benchTimes(compared: ComparedPages, rounds: number): Promise<Section[]> {
  const sections: Section[] = [];
  const pages = compared.pages.filter(({ shows, remote }) => shows !== 'status' && remote === undefined);
  for (const slowdown of [4, 1]) {
    const { times, failed } = await loadAll(
      compared,
      pages.map(({ id }) => id),
      slowdown,
      rounds,
    );
    for (const { of: measure, title, about } of MEASURES) {
      for (const shows of ['button', 'form'] as const) {
        const isJudged = measure === 'script' && slowdown === 4;
        const spans = (id: string) => (times.get(id) ?? []).map((one) => one[measure]);
        const own = spans(ownId(shows));
        const ratio = (of: keyof Span, peers: readonly Span[]): Ratio =>
          pairedRatio(
            own.map((span) => span[of]),
            peers.map((span) => span[of]),
          );
        const figures: Figure[] = [];
        const missing: Missing[] = compared.notBuilt(shows).map((one) => ({ ...one, judged: isJudged }));
        for (const { id, name, note, atMost, shows: kind, remote } of compared.pages) {
          if (kind !== shows) continue;
          if (remote !== undefined) missing.push({ name, why: remote, judged: false });
          else if (failed.has(id)) missing.push({ name, why: 'It did not show what it should.', judged: isJudged });
          if (remote !== undefined || failed.has(id)) continue;
          const taken = spans(id);
          const clock = taken.map((span) => span.clock);
          const isOwn = id.startsWith('own-');
          const budget = isJudged && atMost !== undefined ? { atMost } : {};
          figures.push({
            name,
            unit: 'ms',
            value: median(clock),
            p95: quantile(clock, 0.95),
            processor: {
              value: median(taken.map((span) => span.processor)),
              ...(isOwn ? {} : { ratio: { ...ratio('processor', taken), ...budget } }),
            },
            ...(isOwn ? {} : { ratio: ratio('clock', taken) }),
            ...(note === undefined ? {} : { note }),
          });
        }
        sections.push({
          title: `Time ${title} at ${slowdown}× CPU: a ${shows === 'button' ? 'checkout button' : 'recipient form'}`,
          about: `${about} ${rounds} rounds, all pages in turns, each in a browser context of its own; medians, and the medians of the rounds’ ratios. Measured is the clock; the processor’s time is that of the page’s main thread, which a busy machine does not lengthen.`,
          figures,
          missing,
        });
      }
    }
  }
  return sections.filter(({ figures, missing }) => figures.length > 0 || missing?.length);
}
