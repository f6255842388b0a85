import type { Edit, SourceMap } from './source-map.js';

export const COMPILE_HINT: string;
/** Named as in the published maps. */
export const FORM_MODULES: readonly string[];
export function eagerEdits(
  code: string,
  map: Pick<SourceMap, 'mappings' | 'sources'>,
  modules: readonly string[],
): readonly Edit[];
