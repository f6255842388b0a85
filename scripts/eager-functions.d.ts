import type { Edit, SourceMap } from './source-map.js';

export const COMPILE_HINT: string;
/** By what is compiled with a script, the modules, named as in the published maps. */
export const EAGER_MODULES: Readonly<Record<'all' | 'element' | 'form', readonly string[]>>;
export function eagerEdits(
  code: string,
  map: Pick<SourceMap, 'mappings' | 'sources'>,
  eager: keyof typeof EAGER_MODULES,
): readonly Edit[];
