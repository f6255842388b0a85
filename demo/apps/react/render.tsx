// What registers in a browser does no harm on a server: a component may import it.
import 'lesspay-elements/define';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import type { Page } from '../page.ts';
import { App } from './app.tsx';

/** Renders a page on the server. */
export function render(page: Page): string {
  return renderToString(
    <StrictMode>
      <App first={page} />
    </StrictMode>,
  );
}
