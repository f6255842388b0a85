import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type RunningDemo, runDemo } from './running-demo.ts';

/** Stands between the browser and every host but this machine, notes what the browser wants there, and refuses it. */
async function watchman(): Promise<{ server: Server; address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Notes what the pages of a context ask this machine for, by whatever means. */
function note(context: BrowserContext): string[] {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  context.on('page', (page) => page.on('websocket', (socket) => asked.push(`WEBSOCKET ${socket.url()}`)));
  return asked;
}

/** Where the gallery puts a `fetch` of its own in the place of the page's, the network does not see it: notes its calls. */
const NOTE_FETCH = `{
  globalThis.noted = [];
  let given = globalThis.fetch;
  Object.defineProperty(globalThis, 'fetch', {
    get: () => (input, init) => {
      noted.push(new URL(input instanceof Request ? input.url : input, document.baseURI).href);
      return given.call(globalThis, input, init);
    },
    set: (fetch) => (given = fetch),
  });
}`;

/** Calls a host of its own by every means that a page has, and its own origin by the one that nobody waits for. */
const CALL_BY_ALL_MEANS = `{
  const host = (means) => 'http://' + means + '.tracker.example/';
  fetch(host('fetch'), { mode: 'no-cors' }).catch(() => undefined);
  navigator.sendBeacon(host('beacon'), 'seen');
  new Image().src = host('pixel');
  new EventSource(host('events'));
  new WebSocket(host('socket').replace('http', 'ws'));
  const frame = document.createElement('iframe');
  frame.src = host('frame');
  document.body.append(frame);
  navigator.sendBeacon('/collect', 'seen');
}`;

describe('What the elements call', { timeout: 900_000 }, () => {
  let run: RunningDemo;
  let outside: Awaited<ReturnType<typeof watchman>>;
  before(async () => {
    outside = await watchman();
    run = await runDemo();
  });
  after(async () => {
    await run.close();
    outside.server.close().closeAllConnections();
  });

  const watched = () =>
    run.browser.newContext({ proxy: { server: outside.address, bypass: 'localhost' }, bypassCSP: true });

  it('would be seen, by whatever means a page can call', async () => {
    const context = await watched();
    const here = note(context);
    const page = await context.newPage();
    await page.goto(`${run.origin}/gallery`);
    const means = ['fetch', 'beacon', 'pixel', 'events', 'socket', 'frame'];
    await page.evaluate(CALL_BY_ALL_MEANS);
    const seen = () => means.filter((name) => outside.asked.some((url) => url.includes(`${name}.tracker.example`)));
    for (let tries = 0; tries < 100 && seen().length < means.length; tries += 1) await page.waitForTimeout(100);
    assert.deepEqual(seen(), means);
    assert.ok(here.includes(`POST ${run.origin}/collect`), here.join('\n'));
    await context.close();
    outside.asked.length = 0;
  });

  it('is the proxy, in every state of the gallery, and nothing else', async () => {
    const context = await watched();
    const here = note(context);
    await context.addInitScript({ content: NOTE_FETCH });
    const page = await context.newPage();
    await page.goto(`${run.origin}/gallery`);
    const links = page.locator('.states a');
    await links.first().waitFor();
    const states = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    assert.ok(states.length > 100, `${states.length} states`);
    let proxied = 0;
    for (const state of states) {
      await page.goto(state);
      await page.locator('.stage[data-ready]').waitFor();
      const noted = await page.evaluate(() => (globalThis as unknown as { noted: string[] }).noted);
      const foreign = noted.filter((url) => !url.startsWith(`${run.origin}/lesspay/`));
      assert.deepEqual(foreign, [], state);
      proxied += noted.length;
    }
    assert.ok(proxied > 5, 'some of the elements use the fetch of the page');
    // The gallery's pages, and their modules and styles.
    const own = [`GET ${run.origin}/gallery`, `GET ${run.origin}/assets/`];
    assert.deepEqual(
      here.filter((call) => !own.some((start) => call.startsWith(start))),
      [],
    );
    // Chromium itself asks Google what the fields of a form are for.
    const asked = outside.asked.filter((host) => host !== 'content-autofill.googleapis.com:443');
    assert.deepEqual(asked, []);
    await context.close();
  });
});
