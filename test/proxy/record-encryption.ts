import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Store } from 'lesspay-elements/proxy';

interface EncryptionExample {
  withEncryption: (store: Store, recordKeys: string) => Store;
}

/** The example of docs/stores.md, run as it is printed there. */
export async function encryptionExample(): Promise<EncryptionExample['withEncryption']> {
  const code = /```js\n(\/\/ encryption\.js\n[\s\S]*?)```/.exec(readFileSync('docs/stores.md', 'utf8'))?.[1];
  if (code === undefined) throw new Error('docs/stores.md has no encryption.js');
  const folder = resolve(`.cache/stores-doc-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(`${folder}/encryption.mjs`, code);
    const { href } = pathToFileURL(`${folder}/encryption.mjs`);
    return ((await import(href)) as EncryptionExample).withEncryption;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A key as the example takes it. */
export function recordKey(name: string): string {
  return `${name}:${randomBytes(32).toString('base64')}`;
}
