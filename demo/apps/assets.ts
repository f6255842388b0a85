import { readFileSync } from 'node:fs';
import { PRODUCTS } from '../server/catalogue.ts';
import type { Html } from '../server/html.ts';
import { picture } from '../server/pictures.ts';
import { wordmark } from '../server/wordmark.ts';

/** A file that a server sends as it is. */
export interface Asset {
  type: string;
  body: string;
}

/** The files of an application by their path on its server. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

/** A text file for the path that it is asked for under. */
export function asset(path: string, body: string): [string, Asset] {
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain';
  return [path, { type: `${type}; charset=utf-8`, body }];
}

const demoFile = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** The look that all applications share: the demo's styles, icon and pictures. */
export function sharedAssets(): [string, Asset][] {
  const theme = demoFile('theme.css');
  return [
    asset('/assets/theme.css', theme),
    asset('/assets/shop.css', demoFile('shop.css')),
    asset('/assets/admin.css', demoFile('admin.css')),
    asset('/assets/apps.css', demoFile('apps/apps.css')),
    asset('/assets/favicon.svg', demoFile('favicon.svg')),
    asset('/assets/wordmark.svg', pictureFile(wordmark, theme)),
    ...PRODUCTS.map(({ id }) => asset(`/assets/${id}.svg`, pictureFile(picture(id), theme))),
  ];
}

/** A drawing as a file of its own, which a page's styles do not reach: it brings the colours along. */
function pictureFile({ text }: Html, theme: string): string {
  const colours = theme.match(/^\.p-[\w-]+ \{[^}]*\}/gm)?.join('\n') ?? '';
  const ink = /--ink: (.+);/.exec(theme)?.[1] ?? '';
  const style = `:root { color-scheme: light dark; color: ${ink}; stroke-linecap: round; stroke-linejoin: round; }\n${colours}`;
  return text.replace(/^<svg([^>]*)>/, `<svg xmlns="http://www.w3.org/2000/svg"$1><style>${style}</style>`);
}
