import { registerLocale, type CatalogueOverrides } from 'lesspay-elements';

/** How everything is shown; each is a parameter of the address. */
export interface Look {
  theme: string;
  lang: string;
  dir: string;
  scheme: string;
  width: string;
}

type Options = readonly (readonly [value: string, text: string])[];

/** The choices of each, the usual one first. */
export const LOOKS: Readonly<Record<keyof Look, { label: string; options: Options }>> = {
  theme: {
    label: 'Theme',
    options: [
      ['', 'Built in'],
      ['neutral', 'Neutral'],
      ['soft', 'Soft'],
      ['compact', 'Compact'],
    ],
  },
  lang: {
    label: 'Language',
    options: [
      ['en', 'English'],
      ['id', 'Bahasa Indonesia'],
      ['ms', 'Bahasa Melayu'],
      ['fil', 'Filipino'],
      ['pt-BR', 'Português (Brasil)'],
      ['es', 'Español'],
      ['vi', 'Tiếng Việt'],
      ['hi', 'हिन्दी'],
      ['th', 'ไทย'],
      ['zh-Hans', '简体中文'],
      ['zh-Hant', '繁體中文'],
      ['ja', '日本語'],
      ['ko', '한국어'],
      ['ar', 'العربية'],
    ],
  },
  dir: {
    label: 'Direction',
    options: [
      ['', 'Of the language'],
      ['ltr', 'Left to right'],
      ['rtl', 'Right to left'],
    ],
  },
  scheme: {
    label: 'Scheme',
    options: [
      ['', 'Of the system'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
  },
  width: {
    label: 'Width',
    options: [
      ['', 'Of the page'],
      ['narrow', '320 pixels'],
      ['medium', '560 pixels'],
    ],
  },
};

const LANGUAGES: Readonly<Record<string, () => Promise<CatalogueOverrides>>> = {
  ar: async () => (await import('lesspay-elements/locales/ar')).ar,
  es: async () => (await import('lesspay-elements/locales/es')).es,
  fil: async () => (await import('lesspay-elements/locales/fil')).fil,
  hi: async () => (await import('lesspay-elements/locales/hi')).hi,
  id: async () => (await import('lesspay-elements/locales/id')).id,
  ja: async () => (await import('lesspay-elements/locales/ja')).ja,
  ko: async () => (await import('lesspay-elements/locales/ko')).ko,
  ms: async () => (await import('lesspay-elements/locales/ms')).ms,
  'pt-BR': async () => (await import('lesspay-elements/locales/pt-BR')).ptBR,
  th: async () => (await import('lesspay-elements/locales/th')).th,
  vi: async () => (await import('lesspay-elements/locales/vi')).vi,
  'zh-Hans': async () => (await import('lesspay-elements/locales/zh-Hans')).zhHans,
  'zh-Hant': async () => (await import('lesspay-elements/locales/zh-Hant')).zhHant,
};

const RIGHT_TO_LEFT = ['ar'];

/** The look that an address asks for; what it does not name, or names wrongly, is the usual one. */
export function lookOf(query: URLSearchParams): Look {
  const read = (name: keyof Look) => {
    const { options } = LOOKS[name];
    const asked = query.get(name) ?? '';
    return options.some(([value]) => value === asked) ? asked : (options[0]?.[0] ?? '');
  };
  return { theme: read('theme'), lang: read('lang'), dir: read('dir'), scheme: read('scheme'), width: read('width') };
}

/** The parts of an address that make a look; the usual ones are left out. */
export function queryOf(look: Look): [name: string, value: string][] {
  return Object.entries(look).filter(
    ([name, value]: [string, string]) => value !== LOOKS[name as keyof Look].options[0]?.[0],
  );
}

/** Shows the page in its scheme and theme, and what stands on the stage in its language, direction and width. */
export async function apply(look: Look, stage: HTMLElement | undefined): Promise<void> {
  document.documentElement.dataset.scheme = look.scheme;
  if (look.lang !== 'en') {
    const catalogue = await LANGUAGES[look.lang]?.();
    if (catalogue) registerLocale(look.lang, catalogue);
  }
  await wear(look.theme);
  if (!stage) return;
  stage.lang = look.lang;
  stage.dir = look.dir || (RIGHT_TO_LEFT.includes(look.lang) ? 'rtl' : 'ltr');
  stage.dataset.width = look.width;
}

/** Puts a theme on the page, as a merchant does: by its file alone. */
async function wear(theme: string): Promise<void> {
  const worn = document.querySelector<HTMLLinkElement>('link[data-theme]');
  if ((worn?.dataset.theme ?? '') === theme) return;
  if (theme) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.dataset.theme = theme;
    link.href = `/themes/${theme}.css`;
    const loaded = new Promise((done, fail) => {
      link.addEventListener('load', done);
      link.addEventListener('error', fail);
    });
    document.head.append(link);
    await loaded;
  }
  worn?.remove();
}
