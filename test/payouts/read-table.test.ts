import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Papa } from '../../src/payouts/papaparse.ts';
import { readTable, TableError } from '../../src/payouts/read-table.ts';

const cellsOf = async (source: string | Blob) => (await readTable(source)).map(({ cells }) => cells);
const fails = (code: string, at?: number) => (error: unknown) =>
  error instanceof TableError && error.code === code && (at === undefined || error.at === at);

describe('readTable', () => {
  it('keeps every cell the text it is', async () => {
    assert.deepEqual(await cellsOf('account,amount\r\n0012345678901234567890,"1,250.00"\r\n'), [
      ['account', 'amount'],
      ['0012345678901234567890', '1,250.00'],
    ]);
  });

  it('finds commas, semicolons, tabs and pipes by itself', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      assert.deepEqual(await cellsOf(`a${delimiter}b\n1${delimiter}2\n3${delimiter}4`), [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ]);
    }
  });

  it('numbers the records as a spreadsheet does, empty lines included', async () => {
    const records = await readTable('a,b\n\n1,2\n,\n3,4\n');
    assert.deepEqual(
      records.map(({ number }) => number),
      [1, 3, 5],
    );
  });

  it('reads UTF-8 with and without its mark, UTF-16 and Windows-1252', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Array.from('é,b').flatMap((char) => [char.charCodeAt(0), 0])]);
    for (const bytes of [
      new TextEncoder().encode('\uFEFFé,b'),
      new TextEncoder().encode('é,b'),
      utf16,
      new Uint8Array([0xe9, 0x2c, 0x62]),
    ]) {
      assert.deepEqual(await cellsOf(new Blob([bytes])), [['é', 'b']]);
    }
  });

  it('reads back whatever was written, however it is cut into slices', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '0', '"', ',', '\n', ' ', 'é', '中', ';') });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const padded = [['first column', 'second column', 'third column'], ...rows, ['x'.repeat(70_000), 'y', 'z']];
        const expected = padded.filter((cells) => cells.some((text) => text.trim() !== ''));
        assert.deepEqual(await cellsOf(Papa.unparse(padded)), expected);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses nothing, too much, and a quote that is never closed, by name', async () => {
    await assert.rejects(readTable(''), fails('empty'));
    await assert.rejects(readTable('\n , \n'), fails('empty'));
    await assert.rejects(readTable('a,b\n1,"2\n3,4\n'), fails('open-quote', 2));
    await assert.rejects(readTable('a,b\n'.repeat(10_002)), fails('too-many-rows', 10_000));
    await assert.rejects(readTable('a'.repeat(10 * 1024 * 1024 + 1)), fails('too-large'));
  });

  it('refuses a quote out of place, since it may swallow the next payout', async () => {
    const torn = 'name,account,amount\nAnn,1,1\n"Maria,2,2\n"Jose",3,3\nEve,4,4';
    await assert.rejects(readTable(torn), fails('open-quote', 3));
    await assert.rejects(readTable('name\tamount\n"Bong" Santos\t2'), fails('open-quote', 2));
    // Inside a text that does not begin with one it is a letter like others.
    assert.deepEqual(await cellsOf('name,amount\nMaria "Bong" Santos,5'), [
      ['name', 'amount'],
      ['Maria "Bong" Santos', '5'],
    ]);
  });

  it('refuses a workbook by name', async () => {
    const zip = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00, 0x2c, 0x0a, 0xe9]);
    await assert.rejects(readTable(new Blob([zip])), fails('not-text'));
  });

  it('heeds the line that tells Excel the delimiter, and does not count it', async () => {
    for (const first of ['sep=;\r\n', '\uFEFFsep=;\n', '"sep=;"\n']) {
      assert.deepEqual(await readTable(`${first}a,b;c\n1,5;2`), [
        { number: 1, cells: ['a,b', 'c'] },
        { number: 2, cells: ['1,5', '2'] },
      ]);
    }
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const reading = readTable('a,b\n'.repeat(9000), { signal: stop.signal });
    stop.abort();
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('tells how far it is, up to the end', async () => {
    const told: number[] = [];
    await readTable('some,more,cells,than,one\n'.repeat(9000), { onProgress: (done) => told.push(done) });
    assert.ok(told.length > 2);
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    );
    assert.equal(told.at(-1), 1);
  });
});
