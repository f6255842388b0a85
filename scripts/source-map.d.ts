export interface SourceMap {
  version: number;
  sources: string[];
  names: string[];
  mappings: string;
}
export interface Edit {
  from: number;
  to: number;
  text: string;
}
export function decodeMappings(mappings: string): number[][][];
export function encodeMappings(lines: readonly (readonly number[])[][]): string;
export function applyEdits(code: string, edits: readonly Edit[]): string;
export function editWithMap(code: string, edits: readonly Edit[], source: string): { code: string; map: SourceMap };
export function editLines(
  code: string,
  lines: readonly number[][][],
  edits: readonly Edit[],
): { code: string; lines: number[][][] };
export function editMapped(code: string, map: SourceMap, edits: readonly Edit[]): { code: string; map: SourceMap };
