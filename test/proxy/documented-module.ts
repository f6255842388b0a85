import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Runs an example of docs/stores.md, found by the file name in its first line, and gives what it exports. */
export async function documentedModule<T>(name: string): Promise<T> {
  const blocks = readFileSync('docs/stores.md', 'utf8').matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```$/gm);
  const code = [...blocks].find(([, file]) => file === name)?.[2];
  if (code === undefined) throw new Error(`docs/stores.md has no ${name}`);
  // Below the package, whose own name the examples import.
  const folder = resolve(`.cache/stores-doc-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const file = `${folder}/${name.replace(/\.js$/, '.mjs')}`;
    writeFileSync(file, code);
    return (await import(pathToFileURL(file).href)) as T;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
