// What registers in a browser does no harm on a server: a component may import it.
import 'lesspay-elements/define';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Page } from '../page.ts';
import App from './App.vue';

/** Renders a page on the server. */
export function render(first: Page): Promise<string> {
  return renderToString(createSSRApp(App, { first }));
}
