import { _$LH } from 'lit';
import ts from 'typescript';
import { applyEdits, editWithMap } from './source-map.js';

/** Where a template has a hole, in text as in attributes, once its parts are joined: a comment, as the parser sees it. */
export const HOLE = '<?$>';

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

/**
 * Does at build time what Lit does when a template is first used: finds out, with Lit's own parser, which holes are in
 * text and which in an attribute. What is left to do in the browser is to join the parts by {@link HOLE}: an attribute
 * with holes has `$` at the end of its name.
 */
export function compileHtml(parts) {
  const [html] = _$LH.L(Object.assign(parts.map(minifyHtml), { raw: parts }), 1);
  const { M: suffix, P: marker } = _$LH;
  const text = String(html)
    .replaceAll(`<?${marker}>`, HOLE)
    .split(/([^\s"'>=/]+\$lit\$=(?:"[^"]*"|[^\s"'>]+))/)
    .map((attribute, index) => {
      if (index % 2 === 0) return attribute;
      const [written, value] = attribute.split(`${suffix}=`);
      // A parser of HTML makes all names lower case: those of properties get hyphens.
      const name = written.startsWith('.')
        ? written.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
        : written;
      if (/[A-Z]/.test(name)) throw new Error(`The name of ${name} would be lost.`);
      return `${name}$="${value.replace(/^"|"$/g, '').replaceAll(marker, HOLE)}"`;
    })
    .join('');
  const compiled = text.split(HOLE);
  if (compiled.length !== parts.length)
    throw new Error(`A hole is in neither text nor an attribute: ${parts.join('…')}`);
  return compiled;
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
