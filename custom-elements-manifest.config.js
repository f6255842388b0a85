import { readdirSync, readFileSync } from 'node:fs';
import { describedTokens, elementSurfaces } from './scripts/element-surface.js';

/** Members that the platform calls, and what the analyzer takes for one; no user of an element needs them. */
const CALLBACKS = new Set([
  // Of `this.internals.role`.
  'role',
  'formAssociatedCallback',
  'formDisabledCallback',
  'formResetCallback',
  'formStateRestoreCallback',
  'shadowRootOptions',
  'formAssociated',
]);

/** Leaves what a user can rely on: documented events only (the analyzer also guesses some from calls), no callbacks. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
      if (declaration.events) {
        declaration.events = declaration.events.filter(({ name }) => name?.startsWith('lesspay-'));
      }
      if (declaration.members) {
        declaration.members = declaration.members.filter(
          ({ name, privacy }) =>
            privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#') && !CALLBACKS.has(name),
        );
      }
    }
  },
};

/** Names the modules as the package has them. */
const publishedPaths = {
  name: 'published-paths',
  packageLinkPhase({ customElementsManifest }) {
    const published = (path) => path.replace(/^\/?src\/(.+)\.ts$/, 'dist/$1.js');
    const rename = (node) => {
      for (const [key, value] of Object.entries(node)) {
        if ((key === 'path' || key === 'module') && typeof value === 'string') node[key] = published(value);
        else if (typeof value === 'object' && value !== null) rename(value);
      }
    };
    rename(customElementsManifest);
  },
};

/** Gives each element the custom properties that its shared stylesheets read, in the stylesheets' words. */
const sharedTokens = {
  name: 'shared-tokens',
  packageLinkPhase({ customElementsManifest }) {
    const surfaces = elementSurfaces();
    const described = readdirSync('src/elements')
      .filter((file) => !file.startsWith('lesspay-'))
      .flatMap((file) => describedTokens(readFileSync(`src/elements/${file}`, 'utf8')));
    for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
      const surface = surfaces.get(declaration.tagName);
      if (!surface) continue;
      const own = declaration.cssProperties ?? [];
      const shared = described.filter(
        ({ name }) => surface.cssProperties.has(name) && !own.some((property) => property.name === name),
      );
      declaration.cssProperties = [...own, ...shared];
    }
  },
};

export default {
  // The base classes too: attributes that an element inherits are its own to its user.
  globs: ['src/elements/lesspay-*.ts', 'src/elements/form-control.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly, sharedTokens, publishedPaths],
};
