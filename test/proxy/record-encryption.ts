import { randomBytes } from 'node:crypto';
import type { Store } from 'lesspay-elements/proxy';
import { documentedModule } from './documented-module.ts';

/** The example of docs/stores.md, run as it is printed there. */
export const { withEncryption } = await documentedModule<{
  withEncryption: (store: Store, recordKeys: string) => Store;
}>('encryption.js');

/** A key as the example takes it. */
export function recordKey(name: string): string {
  return `${name}:${randomBytes(32).toString('base64')}`;
}
