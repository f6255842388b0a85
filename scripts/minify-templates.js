import ts from 'typescript';

/** Drops what a browser drops from a style sheet anyway. White space inside selectors and `calc()` stays one space. */
export function minifyCss(text) {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;\}/g, '}');
}

/** White space with a line break in it is there for the source's reader: one space says the same in HTML. */
export function minifyHtml(text) {
  return text.replace(/\s*\n\s*/g, ' ');
}

const MINIFY = { css: minifyCss, html: minifyHtml, svg: minifyHtml };

/** The literal parts of a template, without backticks, `${` and `}`. */
function literals(template) {
  return ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
}

/** Minifies the css``, html`` and svg`` templates of a module, which JavaScript minifiers leave alone. */
export function minifyTemplates(code) {
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const edits = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && Object.hasOwn(MINIFY, node.tag.text)) {
      const minify = MINIFY[node.tag.text];
      for (const literal of literals(node.template)) {
        const isEnd = ts.isNoSubstitutionTemplateLiteral(literal) || ts.isTemplateTail(literal);
        edits.push({ from: literal.getStart() + 1, to: literal.getEnd() - (isEnd ? 1 : 2), minify });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = code;
  // From the end, so that earlier positions stay right.
  for (const { from, to, minify } of edits.sort((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + minify(result.slice(from, to)) + result.slice(to);
  }
  return result;
}

/** The same as a vite plugin, for the elements of the one-file builds. */
export function minifyTemplatesPlugin() {
  return {
    name: 'minify-templates',
    // After TypeScript, where it runs over the sources.
    enforce: 'post',
    transform: (code, id) => (/\/elements\/[^/]+\.[jt]s$/.test(id) ? minifyTemplates(code) : undefined),
  };
}
