import { createHash } from 'node:crypto';

/** The value of the `integrity` attribute for a script. */
export function integrityOf(code) {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

/** The tag that loads a one-file build and nothing that differs from it by a byte. */
export function scriptTag(src, code) {
  return `<script type="module" src="${src}" integrity="${integrityOf(code)}" crossorigin></script>`;
}
