import { html, type TemplateResult } from 'lit';

// Functions, not constants: a bundler drops a function nobody calls, but must keep a tagged template that runs on import.
// Every icon is decoration: the meaning is always in a word beside it.

/** A closed padlock: the step that follows is secured. */
export const lockIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <rect x="4" y="9" width="12" height="8.25" rx="2" />
    <path d="M6.75 9V6.25a3.25 3.25 0 0 1 6.5 0V9" />
  </svg>`;

/** A tick: done. */
export const checkIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m4.5 10.5 3.75 3.75 7.25-8.5" /></svg>`;

/** A cross: failed, or remove. */
export const crossIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5 9 9m0-9-9 9" /></svg>`;

/** A dash: ended without a result. */
export const minusIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 10h10" /></svg>`;

/** A clock: waiting. */
export const clockIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="7.25" />
    <path d="M10 5.75V10l2.75 1.75" />
  </svg>`;

/** An arrow that turns back: refunded, or start over. */
export const returnIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.25 4.25 0 0 1 0 8.5H8" />
  </svg>`;

/** A triangle with an exclamation mark: needs a look. */
export const warningIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path
      d="M8.9 3.6 2.3 15a1.25 1.25 0 0 0 1.1 1.9h13.2a1.25 1.25 0 0 0 1.1-1.9L11.1 3.6a1.25 1.25 0 0 0-2.2 0ZM10 8v3.5M10 14v.1"
    />
  </svg>`;

/** A circle with an exclamation mark: an error beside a field or a button. */
export const errorIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="7.25" />
    <path d="M10 6.25v4M10 13.4v.1" />
  </svg>`;

/** A question mark: not found. */
export const questionIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="M7.25 7.25a2.75 2.75 0 1 1 4.4 2.2C10.6 10.2 10 10.8 10 12M10 15v.1" />
  </svg>`;

/** A chevron that points down: opens a list. */
export const chevronIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 8 4.5 4.5L14.5 8" /></svg>`;

/** A sheet with rows: a table to read. */
export const fileIcon = (): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path
      d="M11.5 2.75H5.75A1.25 1.25 0 0 0 4.5 4v12a1.25 1.25 0 0 0 1.25 1.25h8.5A1.25 1.25 0 0 0 15.5 16V6.75l-4-4Z"
    />
    <path d="M11.25 3v4h4M7.25 10.5h5.5M7.25 13.5h5.5" />
  </svg>`;
