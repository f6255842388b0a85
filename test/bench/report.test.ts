import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Figure, overBudget, type Ratio, type Section, sectionText } from '../../bench/report.ts';

const section = (figures: Figure[], missing: Section['missing'] = []): Section => ({
  title: 'Speed',
  about: 'How fast.',
  figures,
  missing,
});

const ratio = (median: number, budget: Partial<Ratio> = {}): Ratio => ({ median, lowest: 0.1, highest: 2, ...budget });

describe('the report of the bench', () => {
  it('counts a figure over its own budget, and not one at it', () => {
    const of = (value: number): Figure => ({ name: 'ours', unit: 'B', value, atMost: 8_000 });
    assert.deepEqual(overBudget(section([of(8_000)])), []);
    assert.deepEqual(overBudget(section([of(8_001)])), ['Speed: ours: 8,001 B, the budget is ≤ 8,000 B']);
  });

  it('counts a ratio over its budget, by the median of the rounds', () => {
    const of = (median: number): Figure => ({
      name: 'Peer',
      unit: 'ms',
      value: 9,
      ratio: ratio(median, { atMost: 0.5 }),
    });
    assert.deepEqual(overBudget(section([of(0.5)])), []);
    assert.deepEqual(overBudget(section([of(0.51)])), ['Speed: ours is 0.51× Peer, the budget is ≤ 0.50×']);
  });

  it('counts a ratio under what is asked for where more is better', () => {
    const of = (median: number): Figure => ({
      name: 'Peer',
      unit: '/s',
      value: 9,
      ratio: ratio(median, { atLeast: 1.2 }),
    });
    assert.deepEqual(overBudget(section([of(1.2)])), []);
    assert.equal(overBudget(section([of(1.1)])).length, 1);
  });

  it('counts what could not be computed as over', () => {
    const figure: Figure = { name: 'Peer', unit: 'ms', value: 9, ratio: ratio(Number.NaN, { atMost: 0.5 }) };
    assert.equal(overBudget(section([figure])).length, 1);
  });

  it('judges by the processor’s time where there is one', () => {
    const figure = (clock: number, processor: number): Figure => ({
      name: 'Peer',
      unit: 'ms',
      value: 9,
      ratio: ratio(clock),
      processor: { value: 9, ratio: ratio(processor, { atMost: 0.5 }) },
    });
    assert.deepEqual(overBudget(section([figure(0.9, 0.4)])), []);
    assert.equal(overBudget(section([figure(0.4, 0.9)])).length, 1);
  });

  it('names what was not measured, and counts it where a budget hangs on it', () => {
    const missing = [
      { name: 'Judged', why: 'It is not installed.', judged: true },
      { name: 'Other', why: 'It is closed.', judged: false },
    ];
    assert.deepEqual(overBudget(section([], missing)), ['Speed: Judged was not measured: It is not installed.']);
    const text = sectionText(section([], missing));
    assert.match(text, /Judged.*It is not installed\./);
    assert.match(text, /Other.*It is closed\./);
  });

  it('draws one table, without the columns in which nothing stands', () => {
    const text = sectionText(
      section([
        { name: 'ours', unit: 'ms', value: 12.34, atMost: 10 },
        { name: 'Peer', unit: 'ms', value: 4, ratio: ratio(3.085) },
      ]),
    );
    assert.deepEqual(text.split('\n').slice(4), [
      '|      | measured |         ours ÷ it |    budget |          |',
      '| ---- | -------: | ----------------: | --------: | -------: |',
      '| ours |  12.3 ms |                   | ≤ 10.0 ms | **over** |',
      '| Peer |  4.00 ms | 3.08× (0.10–2.00) |           |          |',
    ]);
  });
});
