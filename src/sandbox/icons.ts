import { html } from './html.ts';

const svg = (...paths: string[]) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${paths.map((d) => html`<path d="${d}" />`)}
  </svg>`;

/** Line drawings of the pages, 24 × 24, in the colour of the text beside them. */
export const icons = {
  card: svg(
    'M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5z',
    'M3 10h18',
    'M6.5 14.5h4',
  ),
  bank: svg('M4 9.5 12 5l8 4.5z', 'M6 9.5V17M10 9.5V17M14 9.5V17M18 9.5V17', 'M4 19.5h16'),
  wallet: svg(
    'M5 7h13a2 2 0 0 1 2 2v8.5a1.5 1.5 0 0 1-1.5 1.5H6a2 2 0 0 1-2-2V6.5A1.5 1.5 0 0 1 5.5 5H17',
    'M20 11.5h-4a1.75 1.75 0 0 0 0 3.5h4',
  ),
  coin: svg('M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z', 'M8.5 9h7M12 9v7.5M9.5 12h5'),
  lock: svg(
    'M6.5 10.5h11A1.5 1.5 0 0 1 19 12v6.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5V12a1.5 1.5 0 0 1 1.5-1.5z',
    'M8 10.5V8a4 4 0 0 1 8 0v2.5',
  ),
  check: svg('M5 12.5l4.5 4.5L19 7.5'),
  cross: svg('M6.5 6.5l11 11M17.5 6.5l-11 11'),
  clock: svg('M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z', 'M12 7.5V12l3 2'),
  back: svg('M9.5 6.5 5 11l4.5 4.5', 'M5 11h9a4.5 4.5 0 0 1 0 9h-2'),
  difference: svg('M5 9.5h14M5 14.5h14', 'M15.5 5l-7 14'),
  question: svg('M9 9a3 3 0 1 1 4.5 2.6c-.9.5-1.5 1.3-1.5 2.4', 'M12 17.5v.1'),
  alert: svg('M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z', 'M12 8v5', 'M12 16v.1'),
} as const;
