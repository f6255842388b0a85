import { readFileSync } from 'node:fs';

/** A page's title and the first sentence that stands on it, after the one that says whom it is for. */
function introduction(page) {
  const [, title, text] = /^# (.+)\n+([\s\S]*)$/.exec(readFileSync(page, 'utf8')) ?? [];
  if (!title) throw new Error(`${page} begins without a title.`);
  const paragraph = text.split(/\n\s*\n/).find((part) => /^(?!```)[\p{L}`*"]/u.test(part)) ?? '';
  const plain = paragraph.replace(/\s+/g, ' ').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
  return { title, sentence: /^(?:For [^.:]*[.:] )?.*?[.:](?= |$)/.exec(plain)?.[0].replace(/:$/, '.') ?? plain };
}

/**
 * What a language model needs to find its way in the package (llmstxt.org): its pages and its entries. Links lead to the
 * files beside it in the package.
 *
 * @param {{ about: object, manifest: object, pages: string[] }} of package.json, the custom elements manifest, and the
 *   Markdown pages in the package
 */
export function llmsText({ about, manifest, pages }) {
  const elements = manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1))
    .map(({ tagName, summary, description }) => {
      const sentence = /^.*?[.](?= |$)/.exec((summary ?? description).replace(/\s+/g, ' '))?.[0] ?? '';
      return `- \`<${tagName}>\`: ${sentence}`;
    });
  const entries = Object.keys(about.exports)
    .filter((entry) => about.exports[entry] !== null)
    .map((entry) => `- \`${about.name}${entry.slice(1)}\``);
  const links = pages.map((page) => {
    const { title, sentence } = introduction(page);
    const link = page.startsWith('dist/') ? page.slice('dist/'.length) : `../${page}`;
    return `- [${title}](${link}): ${sentence}`;
  });
  return `# ${about.name}

> ${about.description}

The browser sends a reference and never a price; the merchant's server decides the price, signs the request and verifies
the webhook. Secrets belong to the server alone. Version ${about.version}; ESM only; Node ${about.engines.node}.

## Pages

${links.join('\n')}

## Elements

Attributes, properties, events, slots, parts and custom properties: [custom-elements.json](custom-elements.json).

${elements.join('\n')}

## Entries

${entries.join('\n')}

## Files

- [The one-file builds with their hashes](cdn/integrity.json): for pages without a bundler.
- [The script inventory](cdn/script-inventory.md): for the auditor of a page with these scripts.
- [The bill of materials](sbom.cdx.json): what the package and its builds are made of, as CycloneDX.
`;
}
