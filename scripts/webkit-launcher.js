/**
 * A web-test-runner launcher for WebKitGTK over plain WebDriver. Its page offers the part of puppeteer's page that
 * sendKeys, sendMouse and setViewport of @web/test-runner-commands call. One page at a time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { which } from './browsers.js';

// WebDriver, "Keyboard actions": the code points of keys that type nothing.
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};
const BUTTONS = { left: 0, middle: 1, right: 2 };

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a virtual display on a free number and returns what to put into DISPLAY. */
async function startDisplay(children) {
  const xvfb = spawn(which('Xvfb'), ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(xvfb);
  const [number] = await Promise.race([
    once(xvfb.stdio[3], 'data'),
    once(xvfb, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it had a display.'))),
  ]);
  return `:${String(number).trim()}`;
}

/** The launcher; `browser` is MiniBrowser and `driver` WebKitWebDriver, as `findWebKit()` gives them. */
export function webkitLauncher({ browser, driver, width = 1280, height = 900 }) {
  const children = [];
  let base;
  let session;
  let active;
  let starting;

  async function request(method, path, body) {
    const response = await fetch(base + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(value?.message || `WebKitWebDriver answered ${response.status} to ${path}.`);
    return value;
  }
  const command = (method, path, body) => request(method, `/session/${session}${path}`, body);
  const keys = (list) =>
    command('POST', '/actions', {
      actions: [{ type: 'key', id: 'keys', actions: list.map(([type, key]) => ({ type, value: KEYS[key] ?? key })) }],
    });
  const pointer = (actions) =>
    command('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  const move = (x, y) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport', duration: 0 });

  const page = {
    keyboard: {
      type: (text) =>
        keys(
          [...text].flatMap((character) => [
            ['keyDown', character],
            ['keyUp', character],
          ]),
        ),
      press(chord) {
        const list = chord.split('+');
        return keys([...list.map((key) => ['keyDown', key]), ...list.reverse().map((key) => ['keyUp', key])]);
      },
      down: (key) => keys([['keyDown', key]]),
      up: (key) => keys([['keyUp', key]]),
    },
    mouse: {
      move: (x, y) => pointer([move(x, y)]),
      click: (x, y, { button = 'left' } = {}) =>
        pointer([
          move(x, y),
          { type: 'pointerDown', button: BUTTONS[button] },
          { type: 'pointerUp', button: BUTTONS[button] },
        ]),
      down: ({ button = 'left' } = {}) => pointer([{ type: 'pointerDown', button: BUTTONS[button] }]),
      up: ({ button = 'left' } = {}) => pointer([{ type: 'pointerUp', button: BUTTONS[button] }]),
      reset: () => command('DELETE', '/actions'),
    },
    /** The window's size counts the browser's frame: it is corrected by the difference. */
    async setViewport(wanted) {
      for (let attempt = 0; attempt < 3; attempt++) {
        const script = 'return [outerWidth - innerWidth, outerHeight - innerHeight, innerWidth, innerHeight]';
        const [frameX, frameY, innerWidth, innerHeight] = await command('POST', '/execute/sync', { script, args: [] });
        if (innerWidth === wanted.width && innerHeight === wanted.height) return;
        await command('POST', '/window/rect', { width: wanted.width + frameX, height: wanted.height + frameY });
        await sleep(100);
      }
    },
  };

  async function start() {
    // Without a handler a child outlives a runner that is interrupted.
    process.once('exit', () => children.forEach((child) => child.kill()));
    const env = { ...process.env };
    if (!env.DISPLAY) env.DISPLAY = await startDisplay(children);
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    children.push(spawn(driver, [`--port=${port}`], { stdio: 'ignore', env }));
    for (let attempt = 0; ; attempt++) {
      try {
        await request('GET', '/status');
        break;
      } catch (error) {
        if (attempt === 200) throw error;
        await sleep(50);
      }
    }
    await openBrowser();
  }

  async function openBrowser() {
    const options = { binary: browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    ({ sessionId: session } = await request('POST', '/session', { capabilities }));
    await command('POST', '/window/rect', { width, height });
  }

  return {
    name: 'WebKitGTK',
    type: 'puppeteer',
    concurrency: 1,
    async initialize() {},
    async startSession(id, url) {
      await (starting ??= start());
      active = { id, url };
      await command('POST', '/url', { url }).catch(async ({ message }) => {
        // It ended between two test files: no test of the last one was under way, and none of the next is lost.
        console.warn(`WebKitGTK is started again: ${message}`);
        await openBrowser();
        await command('POST', '/url', { url });
      });
    },
    isActive: (id) => active?.id === id,
    getBrowserUrl: (id) => (active?.id === id ? active.url : undefined),
    getPage(id) {
      if (active?.id !== id) throw new Error('This test page is no longer open.');
      return page;
    },
    async stopSession(id) {
      if (active?.id === id) {
        active = undefined;
        // Where the browser has ended, the next test file has it started again.
        await command('POST', '/url', { url: 'about:blank' }).catch(() => undefined);
      }
      return {};
    },
    async stop() {
      if (session) await command('DELETE', '').catch(() => undefined);
      for (const child of children.reverse()) {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill();
          await once(child, 'exit');
        }
      }
    },
  };
}
