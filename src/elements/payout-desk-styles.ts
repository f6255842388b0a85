import { css } from 'lit';

/** The look of the review and of what came of a payout. */
export const payoutDeskStyles = css`
  .title {
    margin: 0;
    font-size: 1.125em;
    font-weight: 600;
  }
  /* Between phrases, where the browser knows them. */
  .title:lang(ja) {
    word-break: auto-phrase;
  }
  .title:focus {
    outline: none;
  }
  .intro {
    margin: 2px 0 0;
    color: var(--_text-soft);
  }
  .review {
    margin: 0;
    border-block-end: 1px solid var(--_line);
  }
  .review > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(5 * var(--_space));
    padding-block: 10px;
    border-block-start: 1px solid var(--_line);
  }
  dt {
    flex: 2 1 160px;
    color: var(--_text-soft);
  }
  dd {
    flex: 3 1 240px;
    margin: 0;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .meaning {
    font-weight: 400;
    color: var(--_text-soft);
  }
  .result {
    display: flex;
    gap: 14px;
  }
  .disc {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border: 1px solid transparent;
    border-radius: 50%;
    color: var(--_tone, var(--_accent));
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
`;
