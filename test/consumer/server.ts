import { createServer } from 'node:http';
import {
  createSigningProxy,
  memoryStore,
  type PayinEvent,
  type PricedOrder,
  signTestWebhook,
  type Store,
  verifyLesspay,
} from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { checkAmount } from 'lesspay-elements/rules';
import { createSandbox } from 'lesspay-elements/sandbox';

const store: Store = memoryStore();
const sandbox = createSandbox({ lesspay: { appId: 'app', appSecret: 'a-secret-of-the-sandbox' } });

const proxy = createSigningProxy({
  publicUrl: 'https://shop.example',
  lesspay: {
    appId: 'app',
    appSecret: ['a-secret-of-the-sandbox', 'the-previous-secret'],
    environment: 'sandbox',
    checkoutHosts: ['cashier.example'],
  },
  payin: {
    resolveOrder(order, { request }): PricedOrder | null {
      if (request.headers.get('cookie') === null || checkAmount('19.90', 'PHP') !== undefined) return null;
      return {
        amount: '19.90',
        currency: 'PHP',
        productName: order,
        description: order,
        successUrl: 'https://shop.example/',
        failUrl: 'https://shop.example/',
      };
    },
  },
  onPayin(event: PayinEvent) {
    if (event.type === 'payin.paid') console.log(event.order);
  },
  store,
  fetch: sandbox.fetch,
});

const { body, headers } = signTestWebhook({ request_id: 'R1' }, 'a-secret-of-the-sandbox');
const result = verifyLesspay({
  kind: 'payout',
  rawBody: body,
  signature: headers['x-auth-signature'],
  secrets: 'a-secret-of-the-sandbox',
});
if (!result.ok) console.log(result.reason);

createServer(toNodeListener(proxy)).listen(0);
