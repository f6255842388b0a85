import { html, nothing, type TemplateResult } from 'lit';
import { unknownView } from './batch-rows-view.ts';
import { errorIcon, fileIcon, questionIcon } from './icons.ts';
import type { BatchDesk } from './payout-batch-desk.ts';

/** Before there is a table: the place to drop, choose or paste one. */
export function dropView(desk: BatchDesk): TemplateResult {
  const t = desk.words.t.bind(desk.words);
  const take = (source: string | Blob | null | undefined) => {
    if (source) void desk.load(source);
  };
  const over = (event: DragEvent, isOver: boolean) => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).toggleAttribute('data-over', isOver);
  };
  return html`
    ${
      desk.problem
        ? html`<p class="banner danger" part="banner" id="problem" role="alert" tabindex="-1">
            ${errorIcon()}<span>${desk.problem}</span>
          </p>`
        : nothing
    }
    ${
      desk.unknown > 0
        ? html`<div class="banner caution" part="banner" role="status">${questionIcon()}${unknownView(desk)}</div>`
        : nothing
    }
    <div
      class="drop"
      part="drop"
      @dragover=${(event: DragEvent) => over(event, true)}
      @dragleave=${(event: DragEvent) => over(event, false)}
      @drop=${(event: DragEvent) => {
        over(event, false);
        take(event.dataTransfer?.files[0] ?? event.dataTransfer?.getData('text/plain'));
      }}
    >
      <span class="disc" part="icon">${fileIcon()}</span>
      <h2 class="title" part="title" id="drop" tabindex="-1">${t('drop.title')}</h2>
      <p class="soft">${t('drop.text')}</p>
      <textarea
        class="input paste"
        part="input"
        rows="1"
        aria-label=${t('drop.paste')}
        placeholder=${t('drop.paste')}
        autocomplete="off"
        spellcheck="false"
        @paste=${(event: ClipboardEvent) => {
          event.preventDefault();
          take(event.clipboardData?.getData('text/plain'));
        }}
        @change=${(event: Event) => take((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <div class="actions">
        <label class="secondary choose" part="secondary">
          <input
            class="visually-hidden"
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            @change=${(event: Event) => take((event.target as HTMLInputElement).files?.[0])}
          />${t('drop.choose')}
        </label>
        <button type="button" class="link" @click=${() => desk.template()}>${t('drop.template')}</button>
      </div>
      <p class="hint">${t('drop.limits')}</p>
    </div>
  `;
}

/** While a table is read or a batch is sent. */
export function readingView(desk: BatchDesk): TemplateResult {
  const text = desk.words.t(desk.step === 'sending' ? 'send.progress' : 'read.progress');
  const percent = Math.round(desk.progress * 100);
  return html`<div class="reading">
    <h2 class="title" part="title" id="title" tabindex="-1">${text}</h2>
    <progress part="progress" max="100" value=${percent || nothing} aria-label=${text}></progress>
    <p class="soft figures">${percent ? `${percent} %` : nothing}</p>
  </div>`;
}
