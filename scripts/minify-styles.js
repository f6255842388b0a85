const LITERAL = /\bcss`([^`\\]*)`/g;

/** Drops what a browser drops from a style sheet anyway. White space inside selectors and `calc()` stays one space. */
export function minifyCss(text) {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;\}/g, '}')
    .trim();
}

/** A vite plugin for the one-file builds: minifies the css`` literals of the elements, which JavaScript minifiers leave alone. */
export function minifyStyles() {
  return {
    name: 'minify-styles',
    enforce: 'pre',
    transform: (code, id) =>
      /\/src\/elements\/[^/]+\.ts$/.test(id)
        ? code.replace(LITERAL, (_, text) => `css\`${minifyCss(text)}\``)
        : undefined,
  };
}
