import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { benchBytes } from '../../bench/bytes.ts';
import { type ComparedPages, openComparedPages } from '../../bench/compared-pages.ts';
import type { Section } from '../../bench/report.ts';
import { benchTimes } from '../../bench/times.ts';

/** A page whose script works for that long before its button is there. */
const page = (id: string, workMs: number) => ({
  id,
  shows: 'button' as const,
  name: id,
  script: `
    const started = performance.now();
    while (performance.now() - started < ${workMs});
    document.querySelector('main').innerHTML = '<button>Pay</button>';`,
  shown: `document.querySelector('button')?.offsetHeight > 0`,
});

let compared: ComparedPages;
let bytes: Section | undefined;
before(async () => {
  compared = await openComparedPages('test', [
    page('own-button', 10),
    page('slow', 200),
    { ...page('broken', 0), script: `import 'a-package-that-nobody-has';` },
  ]);
  [bytes] = await benchBytes(compared);
});
after(() => compared.close());

describe('the pages that the bench compares', () => {
  it('are timed in turns, at both speeds', async () => {
    const buttons = await benchTimes(compared, 1);
    assert.equal(buttons.length, 4);
    for (const { title, figures } of buttons) {
      assert.deepEqual(
        figures.map(({ name }) => name),
        ['own-button', 'slow'],
      );
      const [own, slow] = figures;
      assert.ok(own && own.value >= 10, `${title}: ${own?.value} ms`);
      assert.ok(slow && slow.value >= 200, `${title}: ${slow?.value} ms`);
      assert.ok(own.processor && own.processor.value > 0, title);
      assert.equal(own.ratio, undefined);
      assert.equal(slow.ratio?.median, own.value / slow.value);
    }
  });

  it('are weighed as they go over the wire', () => {
    const [own, slow] = bytes?.figures ?? [];
    assert.ok(own && own.value > 50 && own.value < 300, `${own?.value} B`);
    assert.match(own.note ?? '', /^1 request$/);
    assert.ok(slow);
    assert.equal(slow.ratio?.median, own.value / slow.value);
  });

  it('are named with the reason where they cannot be built', () => {
    const missing = bytes?.missing ?? [];
    assert.deepEqual(
      missing.map(({ name, judged }) => ({ name, judged })),
      [{ name: 'broken', judged: true }],
    );
    assert.match(missing[0]?.why ?? '', /a-package-that-nobody-has/);
  });
});
