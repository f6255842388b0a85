import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const scripts = readdirSync('dist/cdn', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));

/** Names of members that a minifier leaves alone, and where they are called or set. */
function namesOf(code: string): { name: string; line: number; column: number }[] {
  return code.split('\n').flatMap((text, line) =>
    [...text.matchAll(/\.([a-zA-Z]{7,})(?=[(=])/g)].map(({ 1: name = '', index }) => ({
      name,
      line,
      column: index + 1,
    })),
  );
}

describe('the source map of a one-file build', () => {
  for (const file of scripts) {
    it(`leads from ${file} to what was written`, () => {
      const code = readFileSync(join('dist/cdn', file), 'utf8');
      const payload = JSON.parse(readFileSync(join('dist/cdn', `${file}.map`), 'utf8')) as SourceMapPayload;
      const map = new SourceMap(payload);
      let right = 0;
      let own = 0;
      for (const { name, line, column } of namesOf(code.slice(0, code.indexOf('//# sourceMappingURL')))) {
        const origin = map.findEntry(line, column);
        // Of Lit, much was written anew; what stands there has no better place than near by.
        if (!('originalSource' in origin) || !origin.originalSource.startsWith('lesspay-elements/src/')) continue;
        own += 1;
        const source = payload.sourcesContent[payload.sources.indexOf(origin.originalSource)] ?? '';
        const written = source.split('\n')[origin.originalLine]?.slice(Math.max(0, origin.originalColumn - 1)) ?? '';
        if (written.slice(0, name.length + 60).includes(name)) right += 1;
      }
      // The rest stands in style sheets, which a map has as one piece.
      assert.ok(own > 5 && right / own > 0.85, `${right} of ${own}`);
    });
  }

  it('names sources by their package', () => {
    for (const file of scripts) {
      const { sources, file: name } = JSON.parse(
        readFileSync(join('dist/cdn', `${file}.map`), 'utf8'),
      ) as SourceMapPayload;
      assert.ok(file.endsWith(name));
      for (const source of sources) {
        assert.match(source, /^(?:lesspay-elements\/src\/|lesspay-elements\/virtual:|@?[a-z][\w-]+\/)/, file);
        assert.doesNotMatch(source, /\.\.|dist\//, file);
      }
    }
  });
});
