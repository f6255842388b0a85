import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ALARMS, WARNINGS } from 'lesspay-elements/proxy';
import { ISSUE_CODES } from 'lesspay-elements/rules';
import ts from 'typescript';
import { issueCodes, problemCodes, remedies, requestIssues } from '../../scripts/reference.js';
import { PROBLEM_CODES } from '../../src/protocol/problem.ts';
import { escapeHtml } from '../../src/proxy/http/html-page.ts';
import { problemsPage } from '../../src/proxy/http/problems-page.ts';

const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);
const isSentence = (text: string) => /^(?:\p{Lu}|“|`|\{).{3,}[.)]$/su.test(text);

/** Every object of the sources, for the codes that stand in them as words. */
function* objectsOf(folder: string): Generator<{ object: ts.ObjectLiteralExpression; members: Map<string, string> }> {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const path = `${folder}/${file}`;
    const queue: ts.Node[] = [ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true)];
    for (let node = queue.pop(); node; node = queue.pop()) {
      node.forEachChild((child) => void queue.push(child));
      if (!ts.isObjectLiteralExpression(node)) continue;
      const members = node.properties.flatMap((property): [string, string][] =>
        ts.isPropertyAssignment(property) ? [[property.name.getText(), property.initializer.getText()]] : [],
      );
      const short = node.properties.flatMap((property): [string, string][] =>
        ts.isShorthandPropertyAssignment(property) ? [[property.name.text, property.name.text]] : [],
      );
      yield { object: node, members: new Map([...members, ...short]) };
    }
  }
}

describe('the reference of errors', () => {
  it('explains every problem code and says what to do, in the words of the page that the proxy serves', () => {
    const codes = problemCodes();
    assert.deepEqual(names(codes), [...PROBLEM_CODES]);
    const page = problemsPage().body;
    for (const { name, statuses, means, remedy } of codes) {
      assert.ok(isSentence(means) && isSentence(remedy), name);
      const facts = `${name} · ${statuses.join(' or ')}`;
      for (const text of [facts, means, remedy]) assert.ok(page.includes(escapeHtml(text)), `${name}: ${text}`);
    }
  });

  it('names each status that a problem can have', () => {
    const statuses = new Map(problemCodes().map((entry) => [entry.name, entry.statuses]));
    let others = 0;
    for (const { object, members } of objectsOf('src/proxy')) {
      const status = /^[45]\d\d$/.exec(members.get('status') ?? '')?.[0];
      const made = object.parent;
      if (status === undefined || !ts.isNewExpression(made) || made.expression.getText() !== 'ProblemError') continue;
      const code = made.arguments?.[0]?.getText().slice(1, -1) ?? '';
      assert.ok(statuses.get(code)?.includes(Number(status)), `${code} ${status}`);
      others += 1;
    }
    assert.ok(others >= 3);
  });

  it('says what to do for every reason to refuse a value', () => {
    const codes = issueCodes();
    assert.deepEqual(names(codes), [...ISSUE_CODES]);
    for (const { name, remedy } of codes) assert.ok(isSentence(remedy), name);
  });

  it("has every code that a problem's errors can name", () => {
    const known = new Set(names([...issueCodes(), ...requestIssues(), ...remedies().recipients]));
    for (const { name, remedy } of requestIssues()) assert.ok(isSentence(remedy), name);
    let found = 0;
    for (const folder of ['src/protocol', 'src/proxy', 'src/rules']) {
      for (const { members } of objectsOf(folder)) {
        const code = /^'([a-z-]+)'$/.exec(members.get('code') ?? '')?.[1];
        // What zod is told has an `input`.
        if (code === undefined || !members.has('path') || members.has('input')) continue;
        assert.ok(known.has(code), code);
        found += 1;
      }
    }
    assert.ok(found > 20);
  });

  it('says of every other code what has happened and what to do', () => {
    const { alarms, warnings, ...lists } = remedies();
    assert.deepEqual(names(alarms), [...ALARMS]);
    assert.deepEqual(names(warnings), [...WARNINGS]);
    for (const [list, entries] of Object.entries({ alarms, warnings, ...lists })) {
      assert.ok(entries.length > 1, list);
      for (const { name, means, remedy } of entries) {
        assert.ok(isSentence(means) && isSentence(remedy), `${list}: ${name}: ${means} / ${remedy}`);
      }
    }
  });
});
