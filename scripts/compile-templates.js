import { _$LH } from 'lit';
import ts from 'typescript';
import { applyEdits, editWithMap } from './source-map.js';

/** Where a template has a hole in its text, as HTML: a comment to the parser. */
const HOLE = '<?$>';
/** What stands between the pieces of what is said of a hole. */
export const BETWEEN = '|';

/** Writes a style sheet as short as it gets without a change to its rules. */
export function minifyCss(text) {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?|(?<=\() | (?=\))/g, '$1')
    .replace(/: /g, ':')
    .replace(/(?<=@media) (?=\()| (?=!important)/g, '')
    .replace(/ \* (?=[\d(]|var\(|calc\()/g, '*')
    .replace(/ \/ /g, '/')
    .replace(/(?<![\w.-])0(?=\.\d)/g, '')
    .replace(/='([a-z][\w-]*)'\]/g, '=$1]')
    .replace(/;\}/g, '}')
    .trim();
}

/** White space with a line break in it is there for the source's reader: one space says the same in HTML. */
function minifyHtml(text) {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** What a tree walker comes by in a template's HTML: comments and the tags of elements. */
const NODES = /<[?!][^>]*>|<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>/gi;
const ATTRIBUTE_WITH_HOLES = /\s+([^\s"'>=/]+)\$lit\$=(?:"([^"]*)"|([^\s"'>]+))/g;

/**
 * Does at build time what Lit does when a template is first used: finds out, with Lit's own parser, which holes are in
 * text and which in an attribute, and which node each is at. Of the literals between the holes the first then has all the
 * HTML, and the one behind each hole says `node` of a hole in text, `node|.name|before|after` of an attribute with a hole,
 * and nothing of a further hole of the same attribute.
 */
export function compileHtml(parts) {
  const [marked] = _$LH.L(Object.assign(parts.map(minifyHtml), { raw: parts }), 1);
  const holes = [];
  let node = -1;
  const html = String(marked)
    .replaceAll(`<?${_$LH.P}>`, HOLE)
    .replace(NODES, (tag) => {
      node += 1;
      if (tag === HOLE) holes.push(String(node));
      return tag.replace(ATTRIBUTE_WITH_HOLES, (_, name, quoted, bare) => {
        const around = (quoted ?? bare).split(_$LH.P);
        if (around.some((text) => text.includes(BETWEEN))) throw new Error(`${BETWEEN} cannot stand in ${name}.`);
        holes.push([node, name, ...around].join(BETWEEN), ...around.slice(2).map(() => ''));
        return '';
      });
    });
  if (html.includes(_$LH.P) || holes.length !== parts.length - 1)
    throw new Error(`A hole is in neither text nor an attribute: ${parts.join('…')}`);
  return [html, ...holes];
}

const escaped = (text) => text.replace(/[\\`]|\$(?=\{)/g, '\\$&');
const COMPILE = {
  css: (parts) => parts.map(minifyCss),
  html: (parts) => compileHtml(parts),
};

/** The literal parts of a template, without backticks, `${` and `}`. */
function literals(template) {
  return ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
}

/** The edits that compile the css`` and html`` templates of a module, which JavaScript minifiers leave alone. */
function templateEdits(code) {
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const edits = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && Object.hasOwn(COMPILE, node.tag.text)) {
      const parts = literals(node.template);
      const compiled = COMPILE[node.tag.text](parts.map(({ text }) => text));
      parts.forEach((literal, index) => {
        const isEnd = ts.isNoSubstitutionTemplateLiteral(literal) || ts.isTemplateTail(literal);
        edits.push({
          from: literal.getStart() + 1,
          to: literal.getEnd() - (isEnd ? 1 : 2),
          text: escaped(compiled[index]),
        });
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits.sort((a, b) => a.from - b.from);
}

/** A module with its css`` and html`` templates compiled. */
export function compileTemplates(code) {
  return applyEdits(code, templateEdits(code));
}

/** The same as a vite plugin, for the elements of the one-file builds. */
export function compileTemplatesPlugin() {
  return {
    name: 'compile-templates',
    // After TypeScript, where it runs over the sources.
    enforce: 'post',
    transform: (code, id) =>
      /\/elements\/[^/]+\.[jt]s$/.test(id) ? editWithMap(code, templateEdits(code), id) : undefined,
  };
}
