/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

type Value = Html | string | number | false | undefined | readonly Value[];

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function toText(value: Value): string {
  if (value instanceof Html) return value.text;
  if (isList(value)) return value.map(toText).join('');
  if (value === false || value === undefined) return '';
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Template tag: everything put into it is escaped, unless it is `Html` already. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, part, index) => text + toText(values[index - 1]) + part));
}

/** Fills `{{name}}` in a page's source. */
export function fill(source: string, values: Record<string, Html | string>): string {
  return source.replace(/\{\{(\w+)\}\}/g, (_, name: string) => toText(values[name]));
}
