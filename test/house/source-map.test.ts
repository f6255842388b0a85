import assert from 'node:assert/strict';
import { SourceMap } from 'node:module';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  decodeMappings,
  type Edit,
  editMapped,
  editWithMap,
  encodeMappings,
  type SourceMap as Map,
} from '../../scripts/source-map.js';

const SOURCE = 'const tea = `\n  green\n  tea`;\nbrew(tea); serve(tea, cup);\n';
const at = (text: string, word: string): number => text.indexOf(word);
const cut = (word: string, text: string): Edit => ({
  from: at(SOURCE, word),
  to: at(SOURCE, word) + word.length,
  text,
});

/** Where a word of the result stood, as Node reads the map. */
function origin({ code, map }: { code: string; map: Map }, word: string): string {
  const before = code.slice(0, at(code, word)).split('\n');
  const payload = { ...map, file: 'x', sourcesContent: [], sourceRoot: '' };
  const found = new SourceMap(payload).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
  if (!('originalLine' in found)) return 'nowhere';
  return SOURCE.split('\n')[found.originalLine]?.slice(found.originalColumn) ?? 'nowhere';
}

describe('the map of an edited text', () => {
  const edits = [cut('\n  green\n  tea', 'green tea'), cut('brew(tea); ', '')];

  it('leads every word to where it stood, on lines that were joined too', () => {
    const edited = editWithMap(SOURCE, edits, 'tea.js');
    assert.equal(edited.code, 'const tea = `green tea`;\nserve(tea, cup);\n');
    assert.match(origin(edited, 'serve'), /^serve\(tea, cup\)/);
    assert.match(origin(edited, 'cup'), /^cup\)/);
    assert.match(origin(edited, '`;'), /^`;/);
    assert.match(origin(edited, 'const'), /^const tea/);
  });

  it('still does when the result is edited again', () => {
    const { code, map } = editWithMap(SOURCE, edits, 'tea.js');
    const more = ['green tea', 'serve'].map((word) => ({
      from: at(code, word),
      to: at(code, word) + word.length,
      text: word.slice(0, 1),
    }));
    const again = editMapped(code, map, more);
    assert.equal(again.code, 'const tea = `g`;\ns(tea, cup);\n');
    assert.match(origin(again, 'cup'), /^cup\)/);
    assert.match(origin(again, '`;'), /^`;/);
    assert.match(origin(again, 's(tea'), /^serve\(tea, cup\)/);
  });

  it('has mappings that are read as they were written', () => {
    const segment = fc.tuple(fc.nat(), fc.nat(9), fc.nat(1e6), fc.nat(1e6)).map((numbers) => [...numbers]);
    fc.assert(
      fc.property(fc.array(fc.array(segment), { minLength: 1 }), (lines) => {
        assert.deepEqual(decodeMappings(encodeMappings(lines)), lines);
      }),
    );
  });
});
