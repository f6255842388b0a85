import 'lesspay-elements/define/lesspay-checkout';
import 'lesspay-elements/define/lesspay-payment-status';
import 'lesspay-elements/define/lesspay-payout-status';
import 'lesspay-elements/define/lesspay-recipient-form';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import type { Page } from '../page.ts';
import { App } from './app.tsx';

const root = document.getElementById('root');
const page = JSON.parse(document.getElementById('page')?.textContent ?? '') as Page;
if (root) {
  hydrateRoot(
    root,
    <StrictMode>
      <App first={page} />
    </StrictMode>,
  );
}
