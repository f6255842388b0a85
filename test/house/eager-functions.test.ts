import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { eagerEdits, FORM_MODULES } from '../../scripts/eager-functions.js';
import { applyEdits, editWithMap } from '../../scripts/source-map.js';

const ELEMENT = 'lesspay-elements/src/elements/lesspay-element.ts';
const OTHER = 'lesspay-elements/src/client.ts';

/** A script that came of one module, with the functions of such modules compiled with it. */
function eager(script: string, module = ELEMENT) {
  const { map } = editWithMap(script, [], module);
  return applyEdits(script, eagerEdits(script, map, FORM_MODULES));
}

describe('The functions that a script has compiled with it', () => {
  it('stand in parentheses', () => {
    assert.equal(
      eager('import{a}from"./a.js";function b(c,d){return[c].map(e=>e+d)}let f=async()=>b(1,2),g=(h=>h);'),
      'import{a}from"./a.js";var b=(function(c,d){return[c].map((e=>e+d))});let f=(async()=>b(1,2)),g=(h=>h);',
    );
  });

  it('are given to the prototype where they were methods', () => {
    assert.equal(
      eager('class A{a=1;b(){return()=>2}async c(){}#d(){}e(){}}'),
      'class A{a=1;static{this.prototype.b=(function(){return(()=>2)});this.prototype.c=(async function(){})}#d(){}' +
        'static{this.prototype.e=(function(){})}}',
    );
  });

  it('stay methods where only a method will do', () => {
    const script =
      'class A extends B{constructor(){super()}a(){super.a()}get b(){return 1}static c(){}*d(){}["e"](){}#f(){}}';
    assert.equal(eager(script), script);
  });

  it('do what they did', () => {
    const script =
      'function a(b){return c(b)+1}function c(b){return b*2}class D{#e=3;f(g){return this.#e+a(g)}}' +
      'class I extends D{f(g){return super.f(g)+1}}';
    const run = (code: string) =>
      runInNewContext(`${code};[new D().f(4),new I().f(4)].join()`, undefined, { timeout: 1_000 }) as string;
    assert.equal(run(script), '12,13');
    assert.equal(run(eager(script)), '12,13');
  });

  it('are not moved from where they could be missed', () => {
    const script = 'a();function a(){}function*b(){}export function c(){}';
    assert.equal(eager(script), script);
  });

  it('are those of modules that run at the start', () => {
    const script = 'function a(){}class B{c(){}}let d=()=>1;';
    assert.equal(eager(script, OTHER), script);
  });
});

describe('The modules whose functions are compiled with a script', () => {
  for (const module of FORM_MODULES)
    it(`have a source: ${module}`, () => {
      const [, name = '', path = ''] = /^((?:@lit\/)?[^/]+)\/(.+)$/.exec(module) ?? [];
      if (name === 'lesspay-elements') {
        assert.ok(existsSync(path));
        return;
      }
      const published = `node_modules/${name}/${path.replace(/^src\/(.+)\.ts$/, '$1.js.map')}`;
      const { sources } = JSON.parse(readFileSync(published, 'utf8')) as { sources: string[] };
      assert.ok(sources.includes(path), sources.join());
    });
});
