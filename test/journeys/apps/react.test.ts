import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppJourney, runApp } from './running-app.ts';
import { describePanel, describeShop } from './framework-suite.ts';

describe('The React application behind Fastify, in StrictMode', { timeout: 240_000 }, () => {
  let app: AppJourney;
  before(async () => {
    app = await runApp('react');
  });
  after(() => app.close());

  describeShop(() => app);
  describePanel(() => app);

  it('warns in the console, as the other tests rely on it: React runs its development build', async () => {
    const { page, context, complaints } = await app.visit('/not/there');
    await page.route('**/not/there', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('We cannot find', 'Nobody finds') });
    });
    await page.reload();
    await page.getByRole('heading', { name: 'We cannot find that page' }).waitFor();
    assert.match(complaints.join('\n'), /hydrat/i);
    await context.close();
  });
});
