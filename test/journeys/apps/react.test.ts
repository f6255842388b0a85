import { after, before, describe } from 'node:test';
import { type AppJourney, runApp } from './running-app.ts';
import { describePanel, describeShop } from './framework-suite.ts';

describe('The React application behind Fastify, in StrictMode', { timeout: 480_000 }, () => {
  let app: AppJourney;
  before(async () => {
    app = await runApp('react');
  });
  after(() => app.close());

  describeShop(() => app);
  describePanel(() => app);
});
