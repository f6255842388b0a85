import { html, type Html } from './html.ts';

/** The line on top of every page that says that nothing here is real. */
export function ribbon(text: string, link?: { href: string; label: string }): Html {
  return html`<header class="ribbon">
    <div>
      <p><strong>Sandbox.</strong> ${text}</p>
      ${link && html`<p><a href="${link.href}">${link.label}</a></p>`}
    </div>
  </header>`;
}
