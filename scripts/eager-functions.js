import ts from 'typescript';
import { decodeMappings } from './source-map.js';

/**
 * A browser reads a function twice: over it when its script comes in, and through it when it is first called, while the
 * page waits. Both ways out of that compile it with the script, beside the page's own thread; what is compiled and never
 * called is memory spent.
 *
 * Chromium from 136 takes this as the first line of a script for all its functions (v8.dev, "Explicit compile hints").
 */
export const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/**
 * Chromium takes a parenthesis before a function for the sign of one that is called at once (v8.dev, "Blazingly fast
 * parsing, part 2"). A method has no place for one, so it becomes a function that the class gives to its prototype. These
 * are the modules most of whose functions run before a recipient form first stands.
 */
export const FORM_MODULES = [
  '@lit/reactive-element/src/css-tag.ts',
  '@lit/reactive-element/src/reactive-element.ts',
  'lit-element/src/lit-element.ts',
  'lit-html/src/lit-html.ts',
  'lesspay-elements/src/elements/define-element.ts',
  'lesspay-elements/src/elements/lesspay-element.ts',
  'lesspay-elements/src/elements/locale-of.ts',
  'lesspay-elements/src/elements/texts.ts',
  'lesspay-elements/src/rules/once.ts',
  'lesspay-elements/src/elements/field-templates.ts',
  'lesspay-elements/src/elements/form-control.ts',
  'lesspay-elements/src/elements/form-view.ts',
  'lesspay-elements/src/elements/lesspay-recipient-form.ts',
  'lesspay-elements/src/elements/problem-summary.ts',
  'lesspay-elements/src/elements/recipient-choices.ts',
  'lesspay-elements/src/elements/recipient-entry.ts',
  'lesspay-elements/src/elements/recipient-field.ts',
  'lesspay-elements/src/elements/recipient-fields-view.ts',
  'lesspay-elements/src/elements/region-names.ts',
  'lesspay-elements/src/payouts/recipient-draft.ts',
  'lesspay-elements/src/rules/recipient-fields.ts',
  'lesspay-elements/src/rules/tables/countries.ts',
  'lesspay-elements/src/rules/tables/recipient-fields.ts',
];

/** Tells of a place in a script that has a map from which source it came. */
function sourceFinder(code, map) {
  const lines = decodeMappings(map.mappings);
  const starts = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (place) => {
    const line = starts.findLastIndex((start) => start <= place);
    const segment = lines[line].findLast(([column, source]) => source !== undefined && column <= place - starts[line]);
    return segment && map.sources[segment[1]];
  };
}

const has = (node, modifier) => Boolean(node.modifiers?.some(({ kind }) => kind === modifier));
const opening = (node) => (has(node, ts.SyntaxKind.AsyncKeyword) ? '(async function' : '(function');

/** Whether `super` stands in it, which is allowed in a method alone. */
function hasSuper(node) {
  return node.kind === ts.SyntaxKind.SuperKeyword || Boolean(ts.forEachChild(node, hasSuper));
}

function isPlainMethod(member) {
  return (
    ts.isMethodDeclaration(member) &&
    ts.isIdentifier(member.name) &&
    !member.asteriskToken &&
    !has(member, ts.SyntaxKind.StaticKeyword) &&
    !hasSuper(member)
  );
}

/**
 * The functions that stand before everything else in a script, where the minifier gathers them: as variables they are
 * there as soon as anything can call them.
 */
function leadingFunctions({ statements }) {
  const isLeading = (node) => ts.isFunctionDeclaration(node) || ts.isImportDeclaration(node);
  const next = statements.findIndex((node) => !isLeading(node));
  const canBeVariable = (node) =>
    ts.isFunctionDeclaration(node) && !node.asteriskToken && !has(node, ts.SyntaxKind.ExportKeyword);
  return new Set(statements.slice(0, next < 0 ? undefined : next).filter(canBeVariable));
}

/**
 * The edits, in order, by which a script has the functions of some of its modules compiled with it.
 *
 * @param {string} code Minified.
 * @param {{ mappings: string, sources: string[] }} map
 * @param {readonly string[]} modules Named as in the map.
 */
export function eagerEdits(code, map, modules) {
  const script = ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const sourceAt = sourceFinder(code, map);
  const isEager = (node) => modules.includes(sourceAt(node.getStart()));
  const leading = leadingFunctions(script);
  const edits = [];
  const replace = (from, to, text) => edits.push({ from, to, text });
  /** Puts something in the place of a function's head, up to its parameters, and something after its end. */
  const wrap = (node, from, head, tail) => {
    replace(node.getStart(), from, head);
    ts.forEachChild(node, visit);
    replace(node.getEnd(), node.getEnd(), tail);
  };
  const visitMembers = ({ members }) => {
    const moved = members.map((member) => isPlainMethod(member) && isEager(member));
    members.forEach((member, index) => {
      if (!moved[index]) return visit(member);
      const head = `${moved[index - 1] ? '' : 'static{'}this.prototype.${member.name.text}=${opening(member)}`;
      wrap(member, member.name.getEnd(), head, moved[index + 1] ? ');' : ')}');
    });
  };
  const visit = (node) => {
    const isExpression = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    if (isExpression && !ts.isParenthesizedExpression(node.parent) && isEager(node)) {
      wrap(node, node.getStart(), '(', ')');
    } else if (leading.has(node) && isEager(node)) {
      wrap(node, node.name.getEnd(), `var ${node.name.text}=${opening(node)}`, ');');
    } else if (ts.isClassLike(node)) {
      if (node.heritageClauses) node.heritageClauses.forEach(visit);
      visitMembers(node);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  visit(script);
  return edits;
}
