import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import type { LesspayRecipientForm } from 'lesspay-elements';
import { CAUGHT, type Choices, FORGIVEN, LANGUAGES, type Language } from './mistake-table.ts';
import { type RunningForm, runForm } from './running-form.ts';

const FORM = 'lesspay-recipient-form';
const REST_OF_LEANX = { accountNumber: '514012345678', holderName: 'Nurul Aisyah', recipientReference: 'Invoice 1042' };

/** What a field is to a person: by eye, and through the accessibility tree. */
interface Heard {
  shown: string;
  /** The message under the field, where it can be seen. */
  message: string;
  hint: string;
  description: string;
  invalid: boolean;
}

const WORDS: Readonly<Record<Language, Readonly<Record<'notThisWallet' | 'chooseBank' | 'one' | 'review', string>>>> = {
  en: {
    notThisWallet: '“Gopay” is no wallet for PHP. Choose one of these.',
    chooseBank: 'Choose the bank.',
    one: 'One field needs your attention',
    review: 'Review payout',
  },
  id: {
    notThisWallet: '“Gopay” bukan dompet untuk PHP. Pilih salah satu yang ada.',
    chooseBank: 'Pilih bank.',
    one: '1 isian perlu diperiksa',
    review: 'Periksa pembayaran',
  },
};

describe('What operators get wrong', { timeout: 240_000 }, () => {
  let run: RunningForm;
  before(async () => {
    run = await runForm();
  });
  after(() => run.close());

  it('has at least thirty kinds', () => {
    assert.ok(CAUGHT.length >= 30, String(CAUGHT.length));
    assert.equal(new Set([...CAUGHT, ...FORGIVEN].map(({ what }) => what)).size, CAUGHT.length + FORGIVEN.length);
  });

  for (const lang of LANGUAGES) {
    describe(`in "${lang}"`, () => {
      const words = WORDS[lang];
      let page: Page;
      let tree: CDPSession;
      let complaints: string[];
      before(async () => {
        const visit = await run.visit({ payout: '', proxy: '/lesspay' }, { lang });
        ({ page, complaints } = visit);
        tree = await visit.context.newCDPSession(page);
      });
      after(() => assert.deepEqual(complaints, []));

      /** A form in which everything is right but `field`, which is empty. */
      async function prepare({ method, currency, rest }: Choices, field: string): Promise<void> {
        const [head = '', tail] = field.split('.');
        const members = Object.entries(rest).flatMap(([name, value]): [string, unknown][] => {
          if (name !== head) return [[name, value]];
          const others = Object.entries(value as object).filter(([code]) => code !== tail);
          return tail === undefined ? [] : [[name, Object.fromEntries(others)]];
        });
        await page.evaluate(
          async ([selector, value, chosen, name]) => {
            const form = document.querySelector<LesspayRecipientForm>(selector);
            if (!form) throw new Error('There is no form.');
            form.form?.reset();
            form.method = value.method;
            form.currency = chosen;
            form.value = value;
            form.amount = name === 'amount' ? '' : '100';
            form.reference = name === 'reference' ? '' : 'REF-1';
            await form.updateComplete;
          },
          [FORM, { method, ...Object.fromEntries(members) }, currency, field] as const,
        );
      }

      /** Puts text into a field at once, as a paste does, and leaves it with Tab. */
      async function enter(field: string, text: string): Promise<void> {
        await page.locator(`${FORM} input[data-field="${field}"]`).focus();
        await page.keyboard.insertText(text);
        await page.keyboard.press('Tab');
      }

      /** `path` leads through shadow roots to the control. */
      async function hear(...path: string[]): Promise<Heard> {
        const control = path.reduce(
          (from, selector) => `${from}.shadowRoot.querySelector(${JSON.stringify(selector)})`,
          `document.querySelector('${FORM}')`,
        );
        await page.evaluate(`document.querySelector('${FORM}').updateComplete`);
        const { result } = await tree.send('Runtime.evaluate', { expression: control });
        const { nodes } = await tree.send('Accessibility.getPartialAXTree', {
          objectId: result.objectId ?? '',
          fetchRelatives: false,
        });
        const [node] = nodes;
        const invalid = node?.properties?.find(({ name }) => name === 'invalid')?.value.value as unknown;
        const seen = await page.evaluate<Omit<Heard, 'description' | 'invalid'>>(`(() => {
          const control = ${control};
          const words = (part) => {
            const found = control.getRootNode().getElementById(control.id + part);
            return found?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? found.innerText.trim() : '';
          };
          return { shown: control.value ?? '', message: words('-error'), hint: words('-hint') };
        })()`);
        return { ...seen, description: String(node?.description?.value ?? ''), invalid: invalid === 'true' };
      }

      function assertCaught(heard: Heard, says: string): void {
        assert.equal(heard.message, says);
        assert.ok(heard.description.endsWith(says), `a screen reader hears "${heard.description}"`);
        assert.equal(heard.invalid, true);
      }

      /** The field is in the summary, by a link that leads there, and nothing goes on. */
      async function assertStopped(field: string, says: string): Promise<void> {
        await page.getByRole('button', { name: words.review }).click();
        const summary = page.locator(`${FORM} [part=summary]`);
        const link = page.locator(`a[href="#f-${field.replace('.', '-')}"]`);
        assert.match(await summary.innerText(), new RegExp(`^${words.one}`));
        const line = await summary.locator('li', { has: link }).innerText();
        assert.ok(line.endsWith(`: ${says}`), line);
        assert.equal(
          await page.evaluate((selector) => document.querySelector<LesspayRecipientForm>(selector)?.step, FORM),
          'edit',
        );
        await link.click();
        const focused = await page.evaluate(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          const host = (active?.getRootNode() as ShadowRoot | undefined)?.host;
          return [active, host].map((each) => (each as HTMLElement | undefined)?.dataset.field);
        });
        assert.ok(focused.includes(field), 'the link leads to the field');
      }

      const sentAs = (field: string) =>
        page.evaluate(
          ([selector, name]) => {
            const form = document.querySelector<LesspayRecipientForm>(selector);
            if (name === 'amount' || name === 'reference') return form?.[name];
            return name
              .split('.')
              .reduce<unknown>((holder, key) => (holder as Record<string, unknown> | undefined)?.[key], form?.value);
          },
          [FORM, field] as const,
        );

      for (const { what, at, field, typed, says } of CAUGHT) {
        it(`does not pass: ${what}`, async () => {
          await prepare(at, field);
          await enter(field, typed);
          assertCaught(await hear(`#f-${field.replace('.', '-')}`), says[lang]);
          await assertStopped(field, says[lang]);
        });
      }

      for (const { what, at, field, typed, shown, sent, note } of FORGIVEN) {
        it(`is put right: ${what}`, async () => {
          await prepare(at, field);
          await enter(field, typed);
          const heard = await hear(`#f-${field.replace('.', '-')}`);
          assert.equal(heard.shown, shown);
          assert.equal(heard.message, '');
          assert.equal(heard.invalid, false);
          if (note) {
            assert.equal(heard.hint, note[lang]);
            assert.ok(heard.description.includes(note[lang]));
          }
          assert.equal(await sentAs(field), sent);
        });
      }

      it('does not pass: the wallet of another currency', async () => {
        await prepare({ method: 'ewallet', currency: 'IDR', rest: { provider: 'Gopay', holderName: 'Dewi' } }, '');
        await page.locator(`${FORM} select[data-field=currency]`).focus();
        await page.keyboard.type('PHP');
        await page.locator(`${FORM} input[data-field=accountNumber]`).focus();
        await page.keyboard.type('09171234567');
        await page.getByRole('button', { name: words.review }).click();
        assertCaught(await hear('#f-provider'), words.notThisWallet);
        await assertStopped('provider', words.notThisWallet);
      });

      it('does not pass: a bank that is not on the list, or none', async () => {
        await prepare({ method: 'leanx', currency: 'MYR', rest: REST_OF_LEANX }, '');
        const picker = page.locator(`${FORM} lesspay-bank-picker input`);
        await page.getByRole('button', { name: words.review }).click();
        assertCaught(await hear('lesspay-bank-picker', '#f-bank'), words.chooseBank);
        await assertStopped('bankId', words.chooseBank);
        await picker.focus();
        await page.keyboard.type('Bank of Nowhere');
        await page.keyboard.press('Tab');
        assertCaught(await hear('lesspay-bank-picker', '#f-bank'), words.chooseBank);
        // Citibank is there, but takes no payouts now.
        await picker.fill('CITIBANK BERHAD');
        await page.keyboard.press('Tab');
        assertCaught(await hear('lesspay-bank-picker', '#f-bank'), words.chooseBank);
      });
    });
  }
});
