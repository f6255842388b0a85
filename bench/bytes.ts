import { type ComparedPages, ownId } from './compared-pages.ts';
import type { Shows } from './own-pages.ts';
import type { Figure, Missing, Section } from './report.ts';

/** Brotli bytes of our one-file builds. */
const AT_MOST: Record<string, number> = { 'own-button': 8_000, 'own-form': 26_000, 'own-status': 8_000 };
/** What is loaded once the page stands is loaded all the same. */
const SETTLED_MS = 1_000;
const SHOWN_MS = 15_000;

interface Load {
  bytes: number;
  requests: number;
  /** Hosts that the page asked in vain. */
  hosts: string[];
  isShown: boolean;
}

async function load({ browser, server }: ComparedPages, id: string, shown: string | undefined): Promise<Load> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => {
      const { host, protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== server.origin) hosts.add(host);
    });
    server.taken();
    await page.goto(`${server.origin}/${id}/index.html`);
    const isShown =
      shown !== undefined &&
      (await page.waitForFunction(shown, undefined, { timeout: SHOWN_MS }).then(
        () => true,
        () => false,
      ));
    await page.waitForTimeout(SETTLED_MS);
    const files = server.taken().filter(({ path }) => !path.endsWith('.html'));
    return {
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      requests: files.length,
      hosts: [...hosts],
      isShown,
    };
  } finally {
    await context.close();
  }
}

const counted = (count: number): string => `${count} request${count === 1 ? '' : 's'}`;

/** What has to be loaded until the button, the form and the status stand: each page loaded once, nothing kept from another. */
export async function benchBytes(compared: ComparedPages): Promise<Section[]> {
  const sections: Section[] = [];
  for (const [shows, what] of [
    ['button', 'a checkout button'],
    ['form', 'a recipient form'],
    ['status', 'the status of a payment'],
  ] as const satisfies [Shows, string][]) {
    const figures: Figure[] = [];
    const missing: Missing[] = compared.notBuilt(shows);
    let own = Number.NaN;
    for (const { id, name, note, shown, remote } of compared.pages.filter((page) => page.shows === shows)) {
      const { bytes, requests, hosts, isShown } = await load(compared, id, remote === undefined ? shown : undefined);
      if (id === ownId(shows)) own = bytes;
      if (remote === undefined && !isShown) {
        missing.push({ name, why: 'It did not show what it should.', judged: true });
        continue;
      }
      const isOwn = id.startsWith('own-');
      const ratio = own / bytes;
      // What a peer loads from its vendor's hosts is not in its figure, so that it is no whole peer.
      const budget = remote === undefined && !id.startsWith('bare-') ? { atMost: 1 } : {};
      const notes = [
        counted(requests),
        note,
        remote && `only what is published. ${remote}`,
        hosts.length > 0 && `asks ${hosts.join(', ')} too`,
      ];
      figures.push({
        name,
        unit: 'B',
        value: bytes,
        note: notes.filter(Boolean).join('; '),
        ...(AT_MOST[id] === undefined ? {} : { atMost: AT_MOST[id] }),
        ...(isOwn ? {} : { ratio: { median: ratio, lowest: ratio, highest: ratio, ...budget } }),
      });
    }
    sections.push({
      title: `Bytes: ${what}`,
      about:
        'Everything but the HTML that Chromium loads until the page stands and a second longer, compressed by brotli at its best. ' +
        'Ours are the one-file builds; the others a production build of a page that imports what it shows and the style sheet that its documentation asks for.',
      figures,
      missing,
    });
  }
  return sections.filter(({ figures, missing }) => figures.length > 0 || missing?.length);
}
