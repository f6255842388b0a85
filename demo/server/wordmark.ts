import { html } from './html.ts';

/** "luad" in four strokes, with a bowl for the u. */
export const wordmark = html`<svg
  viewBox="0 0 132 44"
  fill="none"
  stroke="currentColor"
  stroke-width="5"
  stroke-linecap="round"
  aria-hidden="true"
  focusable="false"
>
  <path d="M5 4v36M114 26m-13 0a13 13 0 1 0 26 0a13 13 0 1 0-26 0M127 4v36" />
  <path d="M61 26m0 0a13 13 0 1 0 26 0a13 13 0 1 0-26 0M87 13v27" />
  <path class="wordmark-bowl" d="M20 15h28c0 13-4 19-9 24H29c-5-5-9-11-9-24Z" stroke-linejoin="round" />
</svg>`;
