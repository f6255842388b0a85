/**
 * Registers an element unless the page already has one of that name: a second copy of the package must not throw.
 * Does nothing where there is no registry (server-side rendering).
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
  if (registry && !registry.get(tag)) registry.define(tag, element);
}
