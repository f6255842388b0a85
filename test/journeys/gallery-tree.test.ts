import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CDPSession } from 'playwright-core';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { TREES } from './tree-table.ts';

/** What a screen reader stops at, or speaks of by itself. */
const SPOKEN =
  /^(?:alert|button|checkbox|columnheader|combobox|group|heading|link|listbox|option|progressbar|radio|radiogroup|region|rowheader|status|table|textbox)$/;
/** Options of a native select are the browser's business. */
const CLOSED = 'MenuListPopup';
const STATES = ['disabled', 'required', 'checked', 'pressed', 'expanded', 'selected', 'readonly', 'invalid', 'focused'];

const plain = (text: unknown): string => (typeof text === 'string' ? text : '').replace(/\s+/g, ' ').trim();

/** The accessibility tree of the element on the stage, as the browser has it: role, name, description and states by line. */
async function treeOf(session: CDPSession, tag: string): Promise<string[]> {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: `.stage > ${tag}` });
  const { node } = await session.send('DOM.describeNode', { nodeId });
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((each) => [each.nodeId, each]));
  const textOf = (id: string): string => {
    const { role, name, childIds = [] } = byId.get(id) ?? {};
    if (role?.value === 'StaticText' || role?.value === 'button') return plain(name?.value);
    return plain(childIds.map(textOf).join(' '));
  };
  const read = (id: string): string[] => {
    const { ignored, role, name, description, properties = [], childIds = [] } = byId.get(id) ?? {};
    const kind = plain(role?.value);
    if (kind === CLOSED) return [];
    const below = childIds.flatMap(read);
    if (ignored || !SPOKEN.test(kind)) return below;
    const live = properties.find(({ name: property }) => property === 'live')?.value.value as unknown;
    const states = STATES.filter((state) =>
      properties.some(
        ({ name: property, value }) => property === state && ![false, 'false'].includes(value.value as string),
      ),
    );
    if (live === 'polite' || live === 'assertive') states.push(live);
    const words = [kind, plain(name?.value) || (live ? textOf(id) : '')].filter(Boolean).join(' ');
    const help = plain(description?.value);
    return [`${words}${help && ` (${help})`}${states.length > 0 ? ` [${states.join(', ')}]` : ''}`, ...below];
  };
  const top = nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === node.backendNodeId);
  return read(top?.nodeId ?? '');
}

describe('To a screen reader', { timeout: 300_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  for (const [tag, states] of Object.entries(TREES)) {
    it(`<${tag}> has its roles, names, descriptions, states and live regions`, async () => {
      const { page, context } = await run.visit('/gallery', { viewport: { width: 1280, height: 900 } });
      const session = await context.newCDPSession(page);
      for (const [state, lines] of Object.entries(states)) {
        await page.goto(`${run.origin}/gallery?element=${tag}&state=${state}`);
        await page.locator(`.stage[data-ready=${state}]`).waitFor();
        let tree = await treeOf(session, tag);
        // What is loaded when it is used comes a little later.
        for (let tries = 0; tries < 200 && tree.join() !== lines.join(); tries += 1) {
          await page.waitForTimeout(50);
          tree = await treeOf(session, tag);
        }
        assert.deepEqual(tree, lines, state);
      }
      await context.close();
    });
  }
});
