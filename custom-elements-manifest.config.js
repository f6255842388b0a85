/** Members that the platform calls; no user of an element does. */
const CALLBACKS = new Set([
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

export default {
  // The base classes too: attributes that an element inherits are its own to its user.
  globs: ['src/elements/lesspay-*.ts', 'src/elements/form-control.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly],
};
