import { bankPicker } from './bank-picker.ts';
import { checkout } from './checkout.ts';
import { apply, lookOf, LOOKS, queryOf, type Look } from './look.ts';
import { paymentStatus } from './payment-status.ts';
import { payoutBatch } from './payout-batch.ts';
import { payoutStatus } from './payout-status.ts';
import { fetchFrom, silence } from './proxy.ts';
import { recipientForm } from './recipient-form.ts';
import type { Exhibit, Specimen } from './specimen.ts';

const EXHIBITS: readonly Exhibit[] = [checkout, paymentStatus, recipientForm, bankPicker, payoutBatch, payoutStatus];

const query = new URLSearchParams(location.search);
const look = lookOf(query);
const exhibit = EXHIBITS.find(({ tag }) => tag === query.get('element'));
const specimen = exhibit?.specimens.find(({ state }) => state === query.get('state')) ?? exhibit?.specimens[0];

const main = document.querySelector<HTMLElement>('main');
const settings = document.querySelector<HTMLFormElement>('.settings');
/** Links keep the look when it changes. */
const links: (() => void)[] = [];
let stage: HTMLElement | undefined;

if (main && settings) {
  for (const name of Object.keys(LOOKS) as (keyof Look)[]) settings.append(setting(name));
  settings.addEventListener('change', () => void change(settings));
  if (exhibit && specimen) {
    document.title = `${exhibit.title}, ${specimen.title.toLowerCase()} · Gallery`;
    stage = make('div', 'stage');
    main.append(...heading(exhibit, specimen), stage, neighbours(exhibit, specimen));
    main.after(contents(exhibit, specimen));
    await apply(look, stage);
    await show(exhibit, specimen, stage);
  } else {
    main.append(...index());
    await apply(look, undefined);
  }
}

/** Puts the element on the stage and takes it to its state. */
async function show({ tag, define }: Exhibit, of: Specimen, place: HTMLElement): Promise<void> {
  await define();
  if (of.offline) Object.defineProperty(navigator, 'onLine', { get: () => false });
  const element = document.createElement(tag);
  const fetch = fetchFrom(of.answer ?? silence);
  // Some elements are given a `fetch`, the smallest use the page's.
  if ('fetch' in element) element.fetch = fetch;
  else globalThis.fetch = fetch;
  for (const [name, value] of Object.entries(of.attributes ?? {})) element.setAttribute(name, value);
  Object.assign(element, of.properties);
  if (of.content) element.append(of.content());
  place.append(element);
  await of.act?.(element);
  place.dataset.ready = of.state;
}

async function change(form: HTMLFormElement): Promise<void> {
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') look[name as keyof Look] = value;
  history.replaceState(null, '', address(exhibit, specimen));
  for (const renew of links) renew();
  await apply(look, stage);
  document.documentElement.dataset.look = new URLSearchParams(queryOf(look)).toString();
}

function address(to?: Exhibit, of?: Specimen): string {
  const place: [string, string][] =
    to && of
      ? [
          ['element', to.tag],
          ['state', of.state],
        ]
      : [];
  const search = new URLSearchParams([...place, ...queryOf(look)]).toString();
  return search ? `/gallery?${search}` : '/gallery';
}

function setting(name: keyof Look): HTMLElement {
  const { label, options } = LOOKS[name];
  const select = make('select', '');
  select.name = name;
  select.append(
    ...options.map(([value, text]) => {
      const option = new Option(text, value, value === look[name], value === look[name]);
      if (name === 'lang') option.lang = value;
      return option;
    }),
  );
  const around = make('label', 'setting');
  around.append(make('span', '', label), select);
  return around;
}

function heading({ tag, title }: Exhibit, of: Specimen): HTMLElement[] {
  const above = make('p', 'eyebrow');
  above.append(title, ' ', make('code', '', `<${tag}>`));
  return [above, make('h1', '', of.title), make('p', 'about', of.about)];
}

/** Every state of the element, and the other elements. */
function contents(here: Exhibit, of: Specimen): HTMLElement {
  const nav = make('nav', 'contents');
  nav.ariaLabel = 'Elements and states';
  for (const other of EXHIBITS) {
    const [first] = other.specimens;
    const top = link(other.title, other, first);
    top.className = 'element';
    nav.append(top);
    if (other !== here) continue;
    nav.append(states(other, of));
  }
  return nav;
}

function states(to: Exhibit, current?: Specimen): HTMLElement {
  const list = make('ul', 'states');
  for (const of of to.specimens) {
    const item = make('li', '');
    const own = link(of.title, to, of);
    if (of === current) own.ariaCurrent = 'page';
    item.append(own);
    list.append(item);
  }
  return list;
}

/** The states before and after this one, through all elements. */
function neighbours(here: Exhibit, of: Specimen): HTMLElement {
  const all = EXHIBITS.flatMap((each) => each.specimens.map((one) => [each, one] as const));
  const at = all.findIndex(([each, one]) => each === here && one === of);
  const nav = make('nav', 'neighbours');
  nav.ariaLabel = 'Neighbours';
  for (const [word, [each, one] = []] of [
    ['Previous', all[at - 1]],
    ['Next', all[at + 1]],
  ] as const) {
    if (!each || !one) continue;
    const own = link(each === here ? one.title : `${each.title}: ${one.title}`, each, one);
    own.className = word.toLowerCase();
    own.prepend(make('span', '', word));
    nav.append(own);
  }
  return nav;
}

function index(): HTMLElement[] {
  const count = EXHIBITS.reduce((sum, { specimens }) => sum + specimens.length, 0);
  return [
    make('h1', 'display', 'Every element, in every state'),
    make(
      'p',
      'lead',
      `${EXHIBITS.length} elements, ${count} states, three themes and 14 languages. The look chosen above goes with every link, and each address can be shared.`,
    ),
    ...EXHIBITS.map((each) => {
      const section = make('section', 'exhibit');
      const title = make('h2', '');
      const [first] = each.specimens;
      title.append(link(each.title, each, first));
      const words = make('div', '');
      words.append(title, make('code', '', `<${each.tag}>`), make('p', 'about', each.about));
      section.append(words, states(each));
      return section;
    }),
  ];
}

function link(text: string, to: Exhibit, of: Specimen | undefined): HTMLAnchorElement {
  const anchor = make('a', '', text);
  const renew = () => {
    anchor.href = address(to, of);
  };
  links.push(renew);
  renew();
  return anchor;
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(text);
  return element;
}
