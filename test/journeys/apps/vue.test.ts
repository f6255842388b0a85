import { after, before, describe } from 'node:test';
import { type AppJourney, runApp } from './running-app.ts';
import { describePanel, describeShop } from './framework-suite.ts';

describe('The Vue application behind Hono', { timeout: 480_000 }, () => {
  let app: AppJourney;
  before(async () => {
    app = await runApp('vue');
  });
  after(() => app.close());

  describeShop(() => app);
  describePanel(() => app);
});
