import 'lesspay-elements/define/lesspay-checkout';
import 'lesspay-elements/define/lesspay-payment-status';
import 'lesspay-elements/define/lesspay-payout-status';
import 'lesspay-elements/define/lesspay-recipient-form';
import { createSSRApp } from 'vue';
import type { Page } from '../page.ts';
import App from './App.vue';

const first = JSON.parse(document.getElementById('page')?.textContent ?? '') as Page;
createSSRApp(App, { first }).mount('#root');
