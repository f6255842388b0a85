import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What has the focus, by the words that a person reads. */
interface Focus {
  kind: 'radio' | 'select' | 'combobox' | 'text' | 'button' | 'other';
  /** The label of a field, the legend of a group of radios, the text of a button. */
  name: string;
  /** What a field holds, or the text of the chosen option or radio. */
  holds: string;
}

/** Fills and sends the recipient form without a mouse. */
export function formByKeyboard(page: Page) {
  const press = (key: string) => page.keyboard.press(key);

  function focused(): Promise<Focus> {
    return page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      let kind: Focus['kind'] = active instanceof HTMLButtonElement ? 'button' : 'other';
      let label: Element | null | undefined = active;
      let holds = '';
      if (active instanceof HTMLSelectElement) {
        kind = 'select';
        label = active.labels[0];
        holds = active.selectedOptions[0]?.text ?? '';
      } else if (active instanceof HTMLInputElement) {
        const isRadio = active.type === 'radio';
        kind = isRadio ? 'radio' : active.role === 'combobox' ? 'combobox' : 'text';
        label = isRadio ? active.closest('fieldset')?.querySelector('legend') : active.labels?.[0];
        holds = !isRadio ? active.value : active.checked ? (active.labels?.[0]?.textContent ?? '') : '';
      }
      // "(optional)" is no part of the name that people search for.
      const name = label?.textContent.replace(label.querySelector('.optional')?.textContent ?? '', '') ?? '';
      return { kind, name: name.trim().replace(/\s+/g, ' '), holds: holds.trim() };
    });
  }

  /** Presses Tab until the focus is on what is called so. */
  async function tabTo(name: string | RegExp): Promise<Focus> {
    const passed: string[] = [];
    for (let presses = 0; presses < 40; presses += 1) {
      const focus = await focused();
      if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return focus;
      passed.push(focus.name);
      await press('Tab');
    }
    return assert.fail(`Tab never reached "${String(name)}", only ${passed.join(', ')}.`);
  }

  async function chooseRadio(name: string, wanted: string): Promise<void> {
    if ((await focused()).holds === '') await press('Space');
    for (let presses = 0; presses < 8; presses += 1) {
      const { holds } = await focused();
      if (holds === wanted) return;
      await press('ArrowDown');
    }
    assert.fail(`The arrows never reached "${wanted}" of "${name}".`);
  }

  /** Finds a bank by what is typed; where the list has none such, the typed name stands. */
  async function chooseBank(wanted: string): Promise<void> {
    const [query = '', bank] = wanted.split(' → ');
    await page.keyboard.type(query);
    if (bank === undefined) return;
    await page.locator('[role=option]').first().waitFor();
    // Down to the first match where typing alone has not marked it.
    const marked = await page.getByRole('combobox', { expanded: true }).getAttribute('aria-activedescendant');
    if (marked === null) await press('ArrowDown');
    await press('Enter');
    assert.equal((await focused()).holds, bank);
  }

  return {
    press,
    focused,
    tabTo,
    /**
     * Goes through fields by Tab, in their order on the page, and types or chooses in each: the words of a radio, the
     * beginning of an option, `query → the bank's name` in the picker, or text.
     */
    async fill(fields: Readonly<Record<string, string>>): Promise<void> {
      for (const [name, wanted] of Object.entries(fields)) {
        const { kind } = await tabTo(name);
        if (kind === 'radio') await chooseRadio(name, wanted);
        else if (kind === 'combobox') await chooseBank(wanted);
        else {
          await page.keyboard.type(wanted);
          if (kind === 'select') assert.ok((await focused()).holds.startsWith(wanted), `${wanted} of ${name}`);
        }
        await press('Tab');
      }
    },
    /** Goes on to a button and presses it. */
    async push(name: string): Promise<void> {
      const { kind } = await tabTo(name);
      assert.equal(kind, 'button');
      await press('Enter');
    },
  };
}
