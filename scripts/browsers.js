/**
 * Which browsers this machine has, and how to get Chromium where it is missing. Read by the test command, the element
 * tests and the journeys, so that all of them agree.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const CHROMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const MAC_CHROMES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The full path of the first of these programs on PATH. */
export function which(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** CHROME_PATH, else an installed Chrome or Chromium; undefined when there is none. */
export function findChromium() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROME_PATH names ${named}, which is not an executable file.`);
    return named;
  }
  return which(...CHROMES) ?? MAC_CHROMES.find(isExecutable);
}

/** FIREFOX_PATH, else an installed Firefox. */
export function findFirefox() {
  return process.env.FIREFOX_PATH || which('firefox-esr', 'firefox');
}

/** WebKitGTK's MiniBrowser with its driver, and a display to show it on. */
export function findWebKit() {
  const driver = which('WebKitWebDriver');
  const browser = [
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser',
  ].find(isExecutable);
  const display = process.env.DISPLAY ? 'DISPLAY' : which('Xvfb');
  return driver && browser && display ? { driver, browser } : undefined;
}

/** Installs Debian's Chromium when this user may; throws one line that says what to do otherwise. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && which('apt-get')) {
    console.log("No Chrome or Chromium found: installing Debian's chromium.");
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0;
    if (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium')) {
      const installed = findChromium();
      if (installed) return installed;
    }
  }
  throw new Error(
    'The tests need Chrome or Chromium: install one (on Debian: sudo apt-get install chromium) or set CHROME_PATH to its executable.',
  );
}
