import { type BenchPages, openBenchPages } from './bench-pages.ts';
import { BARE_PAGES, type ComparedPage, OWN_PAGES, type Shows } from './own-pages.ts';
import { PEER_PAGES, type PeerPage } from './peer-pages.ts';
import type { Missing } from './report.ts';

type Page = ComparedPage & Partial<PeerPage>;

/** The pages that are compared, open to be measured. */
export interface ComparedPages extends BenchPages {
  /** Ours before the others of their kind; what could not be built is not among them. */
  pages: readonly Page[];
  /** The pages of a kind that could not be built. */
  notBuilt: (shows: Shows) => Missing[];
}

const ALL: readonly Page[] = [...OWN_PAGES, ...BARE_PAGES, ...PEER_PAGES];

/** The page of ours that the others of its kind are compared with. */
export const ownId = (shows: Shows): string => `own-${shows}`;

/** Builds the pages and opens a browser for them. */
export async function openComparedPages(bench: string, pages = ALL): Promise<ComparedPages> {
  const opened = await openBenchPages(bench, [{ id: 'static' }, ...pages]);
  return {
    ...opened,
    pages: pages.filter(({ id }) => !opened.failed.has(id)),
    notBuilt: (shows) =>
      pages.flatMap((page) => {
        const why = opened.failed.get(page.id);
        return why === undefined || page.shows !== shows ? [] : [{ name: page.name, why, judged: true }];
      }),
  };
}
