import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
// @ts-expect-error -- A script of this project, without types.
import { compileTemplates, minifyCss } from '../../scripts/compile-templates.js';
// @ts-expect-error -- A script of this project, without types.
import { slimmed } from '../../scripts/slim-lit.js';

const compile = compileTemplates as (code: string) => string;
const minify = minifyCss as (text: string) => string;
const slim = slimmed as (code: string, id: string, parts: { directives: boolean }) => string;

describe('A template of the one-file builds', () => {
  it('has all its HTML first, and behind each hole where it is', () => {
    assert.equal(
      compile(
        'html`<p class="a ${b} c" ?hidden=${c} @click=${(e) => e}>${d}, <i .readOnly=${f}>${html`<b>${e}</b>`}</i></p>`',
      ),
      'html`<p><?$>, <i><?$></i></p>${b}0|class|a | c${c}0|?hidden||${(e) => e}0|@click||${d}1${f}2|.readOnly||' +
        '${html`<b><?$></b>${e}1`}3`',
    );
  });

  it('says nothing of a further hole of an attribute', () => {
    assert.equal(compile('html`<p id="${a}-${b}" lang=en>${c}</p>`'), 'html`<p lang=en><?$></p>${a}0|id||-|${b}${c}1`');
  });

  it('ends in a node where it ended in a hole, for what is drawn there to stand before', () => {
    assert.equal(compile('html`<b></b>${c}`'), 'html`<b></b><?$><?>${c}1`');
  });

  it('takes a line break for one space, and keeps what a backslash says', () => {
    assert.equal(compile('html`<p>\n    a\n  </p>\\`\\${b}`'), 'html`<p> a </p>\\`\\${b}`');
  });

  it('is refused where what is said of a hole could not be read', () => {
    assert.throws(() => compile('html`<p title="a|${b}"></p>`'), /title/);
  });

  it('is refused with a hole where none can be', () => {
    for (const template of ['<!-- ${a} -->', '<textarea>${a}</textarea>', '<p ${a}></p>', '<${a}></p>']) {
      assert.throws(() => compile(`html\`${template}\``), /hole/, template);
    }
  });
});

describe('A style sheet of the one-file builds', () => {
  it('loses what a browser does not read', () => {
    assert.equal(
      minify(`
        /* Why. */
        .a > .b,
        [c='d'] * {
          margin: 0.5em -0.25em 10.5px calc(2 * var(--e) - 1px);
          grid-area: 1 / 1;
          color: red !important;
        }
        @media (pointer: coarse) and (min-width: 1px) {
          .f:hover :is(b, i) {
            color: rgb(
              0 0 0
            );
          }
        }
      `),
      '.a>.b,[c=d] *{margin:.5em -0.25em 10.5px calc(2*var(--e) - 1px);grid-area:1/1;color:red!important}' +
        '@media(pointer:coarse) and (min-width:1px){.f:hover :is(b,i){color:rgb(0 0 0)}}',
    );
  });
});

describe('What is taken out of Lit', () => {
  const file = 'node_modules/lit-html/lit-html.js';
  const lit = readFileSync(file, 'utf8');

  it('is there to be taken out', () => {
    const rest = slim(lit, `/${file}`, { directives: true });
    assert.ok(rest.length < lit.length * 0.75);
    assert.ok(slim(lit, `/${file}`, { directives: false }).length < rest.length);
  });

  it('breaks the build when another release says it otherwise', () => {
    assert.throws(
      () => slim(lit.replace('get tagName()', 'get tagName ()'), `/${file}`, { directives: true }),
      /has changed/,
    );
  });
});
