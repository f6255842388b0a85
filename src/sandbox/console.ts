import type { SandboxControl } from './control.ts';
import type { Faults } from './faults.ts';
import { html } from './html.ts';
import type { Settings } from './options.ts';
import { page } from './page.ts';

/** The sandbox's console: orders, payouts, webhooks and requests, with buttons. */
export interface SandboxConsole {
  /** Answers a page or an action under `/console`. */
  answer(request: Request, path: string, place: { prefix: string; origin: string }): Promise<Response>;
}

/** Creates the console over the control. */
export function createConsole(_settings: Settings, control: SandboxControl, _faults: Faults): SandboxConsole {
  return {
    answer: (_request, _path, { prefix }) =>
      Promise.resolve(
        page({ title: 'Sandbox', prefix, kind: 'console', main: html`<main>${control.orders.length}</main>` }),
      ),
  };
}
