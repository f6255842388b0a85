import { html, type Html } from './html.ts';

/** The drawings of the products. Their colours come from theme.css, so that they follow light and dark. */
const DRAWINGS: Record<string, Html> = {
  tasa: html`<ellipse class="p-shadow" cx="164" cy="222" rx="92" ry="10" />
    <path class="p-line" d="M128 62c-9-11 9-17 0-30M152 58c-9-11 9-17 0-32M176 62c-9-11 9-17 0-30" />
    <path class="p-handle p-iron-line" d="M203 112c38-8 50 14 44 38-5 21-24 33-49 31" />
    <path class="p-clay" d="M98 90h112c0 46-2 76-6 100-4 20-14 28-28 28h-44c-14 0-24-8-28-28-4-24-6-54-6-100Z" />
    <path
      class="p-iron"
      d="M98 90h112c0 32-1 56-3 76-9 8-17 1-27 6-11 6-19-3-30 1-11 5-19 9-29 2-7-5-12-2-20-3-2-20-3-47-3-82Z"
    />
    <ellipse class="p-iron-deep" cx="154" cy="90" rx="56" ry="12" />
    <ellipse class="p-coffee" cx="154" cy="92" rx="47" ry="8.5" />
    <path class="p-shine" d="M114 112c0 22 1 36 3 50" />
    <g class="p-speck">
      <circle cx="128" cy="194" r="1.6" /><circle cx="147" cy="202" r="1.3" /><circle cx="171" cy="193" r="1.8" />
      <circle cx="187" cy="203" r="1.2" /><circle cx="158" cy="187" r="1.1" /><circle cx="140" cy="183" r="1.2" />
    </g>`,
  mangkok: html`<ellipse class="p-shadow" cx="160" cy="222" rx="100" ry="10" />
    <path class="p-clay" d="M70 148h180c-2 34-24 54-56 61l-5 11h-58l-5-11c-32-7-54-27-56-61Z" />
    <path
      class="p-celadon"
      d="M70 148h180c-1 20-9 35-21 46-12 3-22-3-34 2-13 5-22-1-36 1-13 2-22 5-33 0-11-4-20 1-33-1-13-11-22-27-23-48Z"
    />
    <path class="p-celadon-deep" d="M78 118h164c-2 28-16 40-40 44h-84c-24-4-38-16-40-44Z" />
    <path class="p-celadon" d="M78 112h164c-2 24-12 36-24 42H102c-12-6-22-18-24-42Z" />
    <ellipse class="p-rim" cx="160" cy="112" rx="82" ry="18" />
    <ellipse class="p-celadon-deep" cx="160" cy="114" rx="75" ry="14" />
    <path class="p-shine" d="M100 128c4 10 9 16 15 20M92 170c5 10 11 17 19 22" />
    <g class="p-speck">
      <circle cx="150" cy="212" r="1.3" /><circle cx="171" cy="209" r="1.6" /><circle cx="184" cy="214" r="1.2" />
      <circle cx="136" cy="206" r="1.4" />
    </g>`,
  pitsel: html`<ellipse class="p-shadow" cx="162" cy="226" rx="84" ry="9" />
    <path class="p-stem" d="M152 82C150 56 138 42 118 30M158 82c2-30 10-46 24-58M155 82c0-20-2-38 0-60" />
    <path
      class="p-leaf"
      d="M118 30c12-4 20 2 22 13-11 1-19-4-22-13ZM130 52c-12 1-19-5-20-15 11 0 18 5 20 15ZM182 24c-2 12-10 17-20 15 2-10 10-16 20-15ZM168 48c4-11 13-14 22-10-3 10-12 14-22 10ZM155 22c7 9 6 18-1 24-7-7-7-16 1-24Z"
    />
    <path class="p-handle p-cream-line" d="M196 96c34-8 54 14 46 46-5 18-16 28-31 31" />
    <path
      class="p-cream"
      d="M112 76c12 5 18 14 17 28-2 22-29 38-30 70-1 32 22 50 61 50s62-18 61-50c-1-32-24-46-26-70-1-10 0-19 3-27Z"
    />
    <path
      class="p-clay"
      d="M100 186c4 25 26 38 60 38s57-13 60-38c-12 5-22-2-34 3-11 4-20-2-31 0-12 3-21 5-31 0-8-4-15-1-24-3Z"
    />
    <path class="p-cream-deep" d="M112 76c20-8 66-9 86 1-8 8-24 11-42 11-14 0-24-1-31-4-4-4-8-6-13-8Z" />
    <path class="p-band" d="M124 130c20 7 54 7 76-1M117 141c24 8 64 8 91-1" />
    <path class="p-shine" d="M116 166c-3 12-2 22 2 30" />
    <g class="p-speck">
      <circle cx="140" cy="204" r="1.5" /><circle cx="160" cy="212" r="1.2" /><circle cx="181" cy="203" r="1.7" />
      <circle cx="194" cy="196" r="1.1" /><circle cx="126" cy="198" r="1.2" />
    </g>`,
};

/** The picture of a product. Decorative: its name always stands beside it. */
export function picture(productId: string): Html {
  return html`<svg class="picture" viewBox="40 8 240 236" aria-hidden="true" focusable="false">
    ${DRAWINGS[productId]}
  </svg>`;
}
