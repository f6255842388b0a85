/**
 * What editors and frameworks want to know of the elements, made from the custom elements manifest: types for the JSX of
 * React 18 and 19, for Vue's and Svelte's templates, custom data for VS Code and web-types for JetBrains.
 */

const NOTE = (entry) => `// Types only: importing lesspay-elements/${entry} registers nothing.\n`;
const byName = (entries = []) => entries.filter(({ name }) => name !== undefined);
const union = (names) => (names.length ? names.map((name) => `'${name}'`).join(' | ') : 'never');
const shape = (entries) => `{\n${entries.map((line) => `    ${line}\n`).join('')}  }`;

/** The elements of a manifest, with what each of them takes. */
function elementsOf(manifest) {
  return manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1))
    .map((declaration) => ({
      ...declaration,
      attributes: byName(declaration.attributes),
      events: byName(declaration.events),
      settable: byName(declaration.members).filter(
        ({ kind, readonly, static: isStatic }) => kind === 'field' && !readonly && !isStatic,
      ),
    }));
}

const isBoolean = (entry) => entry.type?.text === 'boolean';
const literals = (entry) => [...(entry.type?.text ?? '').matchAll(/'([\w-]+)'/g)].map(([, word]) => word);

/** Attributes that are spelled otherwise than the property: what a template can write for them, in that spelling. */
const respelled = ({ name, attributes }) =>
  attributes
    .filter((attribute) => attribute.fieldName && attribute.fieldName !== attribute.name)
    .map((attribute) => `'${attribute.name}'?: ${name}['${attribute.fieldName}'] | undefined;`);

const classNames = (elements) => elements.map(({ name }) => name).join(',\n  ');
const mapNames = (elements) => elements.map(({ name }) => `${name}EventMap`).join(',\n  ');

function react19(elements) {
  return `${NOTE('react')}import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  ${classNames(elements)},
  ${mapNames(elements)},
} from '../index.js';

type Props<Element extends HTMLElement, Events, Own extends keyof Element, Respelled = unknown> = Omit<
  DetailedHTMLProps<HTMLAttributes<Element>, Element>,
  Own
> & { [Name in Own]?: Element[Name] | undefined } & {
  [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined;
} & Respelled;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements
  .map(
    (element) => `      '${element.tagName}': Props<
        ${element.name},
        ${element.name}EventMap,
        ${union(element.settable.map(({ name }) => name))},
        ${shape(['class?: string | undefined;', ...respelled(element)])}
      >;
`,
  )
  .join('')}    }
  }
}
`;
}

function react18(elements) {
  // React 18 writes attributes and nothing else: no objects, no listeners, and `false` would be the text "false".
  const attributeType = (element, attribute) => {
    if (isBoolean(attribute)) return "''";
    if (!attribute.fieldName) return 'string';
    return `Text<${element.name}['${attribute.fieldName}']>`;
  };
  return `${NOTE('react-18')}import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  ${classNames(elements)},
} from '../index.js';

/** An attribute holds text: a value of another type is written as JSON. */
type Text<Value> = [Value] extends [string] ? Value : string;
type Props<Element extends HTMLElement, Own> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Own> & Own;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements
  .map(
    (element) => `      '${element.tagName}': Props<
        ${element.name},
        ${shape([
          'class?: string | undefined;',
          ...element.attributes.map(
            (attribute) => `'${attribute.name}'?: ${attributeType(element, attribute)} | undefined;`,
          ),
        ])}
      >;
`,
  )
  .join('')}    }
  }
}
`;
}

function vue(elements) {
  return `${NOTE('vue')}import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type {
  ${classNames(elements)},
  ${mapNames(elements)},
} from '../index.js';

type Component<Element extends HTMLElement, Events, Own extends keyof Element, Respelled = unknown> = new () => Element & {
  $props: Omit<HTMLAttributes, Own> & { [Name in Own]?: Element[Name] | undefined } & {
    [Name in keyof Events & string as \`on\${Capitalize<Name>}\`]?: ((event: Events[Name]) => void) | undefined;
  } & Respelled &
    PublicProps;
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
${tagsAs('Component', elements)}  }
}
`;
}

/** The members of a map of tags: each a type of its element, its events and its own properties. */
function tagsAs(type, elements) {
  return elements
    .map(
      (element) => `    '${element.tagName}': ${type}<
      ${element.name},
      ${element.name}EventMap,
      ${union(element.settable.map(({ name }) => name))},
      ${shape(respelled(element))}
    >;
`,
    )
    .join('');
}

function svelte(elements) {
  return `${NOTE('svelte')}import type { HTMLAttributes } from 'svelte/elements';
import type {
  ${classNames(elements)},
  ${mapNames(elements)},
} from '../index.js';

type Props<Element extends HTMLElement, Events, Own extends keyof Element, Respelled = unknown> = Omit<
  HTMLAttributes<Element>,
  Own
> & { [Name in Own]?: Element[Name] | undefined } & {
  [Name in keyof Events & string as \`on\${Name}\` | \`on:\${Name}\`]?: ((event: Events[Name]) => void) | undefined;
} & Respelled;

declare module 'svelte/elements' {
  export interface SvelteHTMLElements {
${tagsAs('Props', elements)}  }
}
`;
}

/** All that a tag has besides its attributes, as an editor's bubble shows it. */
function longDescription(element) {
  const lists = [
    ['Events', element.events],
    ['Slots', element.slots],
    ['Parts', element.cssParts],
    ['States', element.cssStates],
  ];
  const lines = lists.flatMap(([title, entries]) =>
    entries?.length
      ? ['', `**${title}**`, ...entries.map(({ name, description }) => `- \`${name || '(default)'}\`: ${description}`)]
      : [],
  );
  return [element.description, ...lines].join('\n');
}

const markdown = (value) => ({ kind: 'markdown', value });

/** Attributes as editors offer them: a boolean one without a value, a closed list with its words. */
const attributeData = (attribute) => ({
  name: attribute.name,
  description: markdown(attribute.description),
  ...(isBoolean(attribute) && { valueSet: 'v' }),
  ...(literals(attribute).length && { values: literals(attribute).map((name) => ({ name })) }),
});

/** The custom properties of all elements, each once. */
const customProperties = (elements) => [
  ...new Map(elements.flatMap(({ cssProperties = [] }) => cssProperties.map((entry) => [entry.name, entry]))).values(),
];

const vscodeHtml = (elements) => ({
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: markdown(longDescription(element)),
    attributes: element.attributes.map(attributeData),
  })),
});

const vscodeCss = (elements) => ({
  version: 1.1,
  properties: customProperties(elements).map(({ name, description }) => ({ name, description: markdown(description) })),
});

function webTypes(elements, { name, version }) {
  const plain = (entries = []) => entries.map((entry) => ({ name: entry.name, description: entry.description }));
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tagName,
          description: element.description,
          attributes: element.attributes.map((attribute) => ({
            name: attribute.name,
            description: attribute.description,
            value: isBoolean(attribute)
              ? { kind: 'no-value', type: 'boolean' }
              : { type: attribute.type?.text ?? 'string' },
          })),
          slots: plain(element.slots),
          js: {
            properties: element.settable.map((field) => ({
              name: field.name,
              description: field.description,
              type: field.type?.text,
            })),
            events: plain(element.events),
          },
          css: { properties: plain(element.cssProperties), parts: plain(element.cssParts) },
        })),
      },
    },
  };
}

/** The files by their path in the package's dist/. `about` is package.json. */
export function frameworkFiles(manifest, about) {
  const elements = elementsOf(manifest);
  const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
  const types = { react: react19, 'react-18': react18, vue, svelte };
  const files = Object.entries(types).flatMap(([entry, write]) => [
    [`frameworks/${entry}.d.ts`, write(elements)],
    [`frameworks/${entry}.js`, `${NOTE(entry)}export {};\n`],
  ]);
  return new Map([
    ...files,
    ['vscode.html-custom-data.json', json(vscodeHtml(elements))],
    ['vscode.css-custom-data.json', json(vscodeCss(elements))],
    ['web-types.json', json(webTypes(elements, about))],
  ]);
}
