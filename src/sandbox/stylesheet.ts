/**
 * Styles of the cashier and the console. Colours are pairs of light and dark; what is only a tint has a border or a word beside it,
 * so that forced colours lose nothing.
 */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#f5f4f0, #13151a);
  --surface: light-dark(#ffffff, #1c1f26);
  --sunken: light-dark(#faf9f6, #171a20);
  --text: light-dark(#191c22, #eceef3);
  --soft: light-dark(#585e6b, #a6adbb);
  --line: light-dark(#e0ded7, #323743);
  --edge: light-dark(#868b95, #717889);
  --accent: light-dark(#0d5a47, #74d9b9);
  --accent-strong: light-dark(#0a4838, #8fe5c9);
  --accent-text: light-dark(#ffffff, #06231b);
  --accent-tint: light-dark(#eef6f3, #18302a);
  --danger: light-dark(#a4262c, #ff9b9b);
  --danger-tint: light-dark(#fcf0f0, #351c20);
  --amber: light-dark(#714600, #f4c66e);
  --amber-line: light-dark(#b57a14, #9a7328);
  --amber-tint: light-dark(#fdf4de, #272011);
  --radius: 0.75rem;
  --radius-small: 0.5rem;
  font: 100%/1.45 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  color: var(--text);
  background: var(--canvas);
  -webkit-text-size-adjust: 100%;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; min-block-size: 100vb; display: flex; flex-direction: column; }
h1, h2, h3, p, dl, dd, fieldset, ul { margin: 0; padding: 0; }
fieldset { border: 0; min-inline-size: 0; }
legend { padding: 0; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { color: var(--accent-strong); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg { display: block; inline-size: 1.5rem; block-size: 1.5rem; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); }
.code { letter-spacing: 0.02em; overflow-wrap: anywhere; }

/* Every page: what this is. */
.ribbon { background: var(--amber-tint); color: var(--amber); border-block-end: 1px solid var(--amber-line); font-size: 0.875rem; }
.ribbon > div { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1rem; max-inline-size: 64rem; margin-inline: auto; padding: 0.5rem 1.25rem; }
.ribbon strong { font-weight: 650; }
.ribbon a { color: inherit; display: inline-block; padding-block: 0.125rem; }

/* Controls. */
button, .button, input, select, textarea { font: inherit; color: inherit; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem;
  min-block-size: 2.75rem; min-inline-size: 0; padding: 0.5rem 1rem; border: 1px solid var(--edge); border-radius: var(--radius-small);
  background: var(--surface); color: var(--text); font-weight: 550; text-decoration: none; cursor: pointer;
  transition: background-color 140ms ease-out, border-color 140ms ease-out;
}
button:hover, .button:hover { background: var(--sunken); border-color: var(--text); color: var(--text); }
button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); font-weight: 650; }
button.primary:hover, .button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--accent-text); }
button.quiet { border-color: transparent; background: transparent; color: var(--soft); font-size: 0.9375rem; font-weight: 500; text-decoration: underline; text-underline-offset: 0.2em; }
button.quiet:hover { color: var(--text); }
input[type='text'], input[type='number'], select {
  min-block-size: 2.75rem; inline-size: 100%; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: var(--radius-small);
  background: var(--surface);
}
input[type='radio'] { inline-size: 1.125rem; block-size: 1.125rem; margin: 0; flex: none; accent-color: var(--accent); }
input[aria-invalid='true'] { border-color: var(--danger); border-width: 2px; }
label, .label { font-size: 0.875rem; font-weight: 550; }
.figures { font-variant-numeric: tabular-nums; }

/* Cashier. */
.cashier main { overflow-wrap: anywhere; }
.cashier main {
  display: grid; gap: 1.5rem clamp(2rem, 6vw, 5rem); grid-template-columns: minmax(0, 1fr);
  inline-size: 100%; max-inline-size: 64rem; margin-inline: auto; padding: 1.25rem 1.25rem 3rem;
}
.merchant { display: flex; align-items: center; gap: 0.75rem; font-weight: 600; overflow-wrap: anywhere; }
.monogram {
  display: grid; place-items: center; flex: none; inline-size: 2.5rem; block-size: 2.5rem; border-radius: 50%;
  border: 1px solid var(--line); background: var(--surface); color: var(--accent); font-weight: 700; font-size: 1.125rem;
}
.summary h1 { margin-block-start: 1.25rem; font-size: 1rem; font-weight: 550; color: var(--soft); }
.summary .amount {
  display: block; margin-block-start: 0.375rem; color: var(--text);
  font-size: clamp(2.5rem, 11vw, 3.5rem); font-weight: 680; line-height: 1.05; letter-spacing: -0.025em;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
.summary .amount.long { font-size: clamp(1.75rem, 8vw, 2.75rem); }
.summary .purpose { margin-block-start: 0.75rem; font-size: 1.125rem; font-weight: 550; overflow-wrap: anywhere; }
.facts { display: grid; margin-block-start: 1rem; font-size: 0.875rem; border-block-start: 1px solid var(--line); }
.facts > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; padding-block: 0.5rem; border-block-end: 1px solid var(--line); }
.facts dt { color: var(--soft); }
.facts dd { text-align: end; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.card {
  background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: clamp(1.25rem, 4vw, 2rem);
  box-shadow: 0 1px 2px rgb(0 0 0 / 4%), 0 12px 32px -12px rgb(0 0 0 / 10%);
}
.card h2, .card legend { font-size: 1.125rem; font-weight: 650; }
.methods { display: grid; gap: 0.625rem; margin-block-start: 1rem; }
.method {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 0 0.875rem; padding: 0.75rem 1rem;
  border: 1px solid var(--edge); border-radius: var(--radius-small); font-weight: 400; cursor: pointer;
  transition: background-color 140ms ease-out, border-color 140ms ease-out;
}
.method:hover { border-color: var(--text); }
.method:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--accent-tint); }
.method:has(:focus-visible), .choice:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.method input:focus-visible, .choice input[type='radio']:focus-visible { outline: none; }
.method .name { font-size: 1rem; font-weight: 600; }
.method .hint { grid-column: 2; color: var(--soft); font-size: 0.875rem; }
.method svg { grid-column: 3; grid-row: 1 / span 2; color: var(--soft); }
.method input { grid-row: 1 / span 2; }
.method:has(:checked) svg { color: var(--accent); }
.actions { display: grid; gap: 0.25rem; margin-block-start: 1.5rem; }
.actions .primary { min-block-size: 3.25rem; font-size: 1.0625rem; font-variant-numeric: tabular-nums; }
.actions svg { inline-size: 1.125rem; block-size: 1.125rem; stroke-width: 2; }
.note { margin-block-start: 0.75rem; text-align: center; font-size: 0.8125rem; color: var(--soft); }

.outcome { border: 1px dashed var(--amber-line); border-radius: var(--radius); padding: clamp(1.25rem, 4vw, 2rem); background: var(--sunken); }
.outcome h2 { font-size: 1.0625rem; font-weight: 650; color: var(--amber); }
.outcome .lead { margin-block-start: 0.375rem; font-size: 0.875rem; color: var(--soft); }
.choices { display: grid; gap: 0.125rem; margin-block-start: 0.5rem; }
.choice { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.75rem; align-items: start; padding: 0.5rem 0.625rem; margin-inline: -0.625rem; border-radius: var(--radius-small); font-weight: 400; cursor: pointer; }
.choice input[type='radio'] { margin-block-start: 0.1875rem; accent-color: var(--amber); }
.choice:has(:checked) { background: var(--amber-tint); }
.choice .name { font-size: 0.9375rem; font-weight: 600; }
.choice .hint { grid-column: 2; font-size: 0.8125rem; color: var(--soft); }
.fields { display: grid; gap: 1rem; margin-block-start: 1rem; }
.field { display: grid; gap: 0.375rem; align-content: start; }
.field .hint { font-size: 0.8125rem; color: var(--soft); }
.money { display: flex; align-items: stretch; border: 1px solid var(--edge); border-radius: var(--radius-small); background: var(--surface); overflow: clip; }
.money:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.money:has([aria-invalid='true']) { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
.money input[type='text'] { min-block-size: calc(2.75rem - 2px); border: 0; border-radius: 0; background: transparent; outline: none; font-variant-numeric: tabular-nums; }
.money span { display: grid; place-items: center; flex: none; overflow-wrap: normal; padding-inline: 0.75rem; border-inline-start: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
.problem { display: flex; gap: 0.5rem; align-items: start; margin-block-start: 1rem; padding: 0.625rem 0.75rem; border: 1px solid var(--danger); border-radius: var(--radius-small); background: var(--danger-tint); color: var(--danger); font-size: 0.875rem; font-weight: 550; }
.problem svg { inline-size: 1.25rem; block-size: 1.25rem; flex: none; }
.outcome button { inline-size: 100%; border-color: var(--amber-line); }

.cashier main.result { display: block; max-inline-size: 30rem; margin-block: auto; }
.result .disc { display: grid; place-items: center; inline-size: 3.5rem; block-size: 3.5rem; border-radius: 50%; border: 1px solid currentColor; }
.result .disc.good { color: var(--accent); background: var(--accent-tint); }
.result .disc.bad { color: var(--danger); background: var(--danger-tint); }
.result .disc.still { color: var(--soft); background: var(--sunken); }
.result h1 { margin-block-start: 1.25rem; font-size: 1.5rem; letter-spacing: -0.01em; }
.result .lead { margin-block: 0.5rem 0; color: var(--soft); }
.result .facts { margin-block-start: 1.75rem; }
.result .button { margin-block-start: 1.75rem; inline-size: 100%; }

@media (min-width: 56rem) {
  .cashier main { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); row-gap: 3rem; padding-block: 3.5rem 4rem; }
  .summary { padding-block-start: 0.5rem; }
  .summary h1 { margin-block-start: 2.5rem; }
  .summary .facts { margin-block-start: 1.75rem; }
  .summary .facts > div { padding-block: 0.625rem; }
  .outcome { grid-column: 1 / -1; }
  .outcome form { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 0 3rem; }
  .outcome h2, .outcome .lead, .outcome .problem { grid-column: 1 / -1; }
  .choices { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem 1.5rem; margin-block-start: 1rem; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) {
  .method:has(:checked), .choice:has(:checked) { outline: 2px solid Highlight; outline-offset: -2px; }
  .method:has(:focus-visible), .choice:has(:focus-visible), .money:has(:focus-visible) { outline: 3px solid CanvasText; outline-offset: 2px; }
  button.primary, .button.primary { border-width: 2px; }
  button.quiet { border-color: ButtonBorder; }
  svg { forced-color-adjust: auto; }
}

/* Console. */
.console main { inline-size: 100%; max-inline-size: 80rem; margin-inline: auto; padding: 1.5rem 1.25rem 4rem; }
.console .ribbon > div { max-inline-size: 80rem; }
.console h1 { font-size: 1.5rem; letter-spacing: -0.01em; }
.console h2 { font-size: 1.125rem; }
.console .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem; }
.console nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin-block: 0.75rem 0; padding-block: 0.5rem; border-block: 1px solid var(--line); font-size: 0.9375rem; }
.console nav a { display: inline-block; padding-block: 0.25rem; }
.console section { margin-block-start: 2rem; }
.console section > p { margin-block-start: 0.375rem; font-size: 0.9375rem; }
.table { position: relative; margin-block-start: 0.75rem; overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); }
table { border-collapse: collapse; inline-size: 100%; min-inline-size: 46rem; font-size: 0.875rem; }
th .soft { font-weight: 400; }
th, td { padding: 0.625rem 0.875rem; text-align: start; vertical-align: top; border-block-end: 1px solid var(--line); }
tbody tr:last-child > * { border-block-end: 0; }
th { font-weight: 600; }
td ul { list-style: none; }
th details { font-weight: 400; }
thead th { font-size: 0.8125rem; color: var(--soft); white-space: nowrap; background: var(--sunken); }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.chip { display: inline-block; padding: 0.0625rem 0.5rem; border: 1px solid var(--edge); border-radius: 999px; font-size: 0.75rem; font-weight: 600; white-space: nowrap; }
.chip.good { color: var(--accent); border-color: var(--accent); background: var(--accent-tint); }
.chip.bad { color: var(--danger); border-color: var(--danger); background: var(--danger-tint); }
.chip.wait { color: var(--amber); border-color: var(--amber-line); background: var(--amber-tint); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.375rem; }
table .buttons { flex-wrap: nowrap; }
.buttons button { min-block-size: 2rem; padding: 0.25rem 0.625rem; font-size: 0.8125rem; }
.tools { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1rem; margin-block-start: 0.75rem; }
.tools form { display: grid; gap: 0.75rem; align-content: start; padding: 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); }
.tools h3 { font-size: 1rem; }
.empty { padding: 1.25rem; color: var(--soft); font-size: 0.9375rem; }
details > summary { cursor: pointer; }
pre { margin: 0.5rem 0 0; padding: 0.75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--sunken); font-size: 0.8125rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
.console .problem { margin-block: 1rem 0; }
@media (pointer: coarse) { .buttons button { min-block-size: 2.75rem; } }
`;
