import type { BrowserContextOptions } from 'playwright-core';
import type { SigningProxyOptions } from 'lesspay-elements/proxy';
import type { Sandbox } from 'lesspay-elements/sandbox';
import { buildScripts, escaped, runPage, type Visit } from './running-page.ts';

type Routes = NonNullable<SigningProxyOptions['payout']>['routes'];

/** A page that holds nothing but the recipient form, a proxy for it with the sandbox behind, and a browser in front. */
export interface RunningForm {
  origin: string;
  sandbox: Sandbox;
  /** A new person on the page; `attributes` are those of the form, `lang` and `dir` those of the page. */
  visit(attributes: Readonly<Record<string, string>>, options?: FormVisitOptions): Promise<FormVisit>;
  close(): Promise<void>;
}

export interface FormVisitOptions extends BrowserContextOptions {
  lang?: string;
  dir?: string;
}

export type FormVisit = Visit;

/** Mounts a proxy for each entry of `proxies` at its path, with these payout routes. */
export async function runForm(proxies: Readonly<Record<string, Routes>> = { '/lesspay': [] }): Promise<RunningForm> {
  const running = await runPage({
    scripts: await buildScripts('page', 'recipient-page.ts'),
    body(query) {
      const attributes = [...query]
        .filter(([name]) => /^[a-z-]+$/.test(name))
        .map(([name, value]) => ` ${name}="${escaped(value)}"`);
      return `<form><lesspay-recipient-form${attributes.join('')}></lesspay-recipient-form></form>`;
    },
    proxies: Object.fromEntries(
      Object.entries(proxies).map(([path, routes]) => [
        path,
        { payout: { authorize: () => ({ id: 'operator' }), routes } },
      ]),
    ),
  });
  return {
    ...running,
    async visit(attributes, { lang = 'en', dir = 'ltr', ...options } = {}) {
      const visit = await running.visit({ ...attributes, ':lang': lang, ':dir': dir }, options);
      await visit.page.locator('lesspay-recipient-form [part=field]').first().waitFor();
      return visit;
    },
  };
}
