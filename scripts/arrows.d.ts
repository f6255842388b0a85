export const ARROWS: Readonly<Record<string, readonly string[]>>;
export const PACKAGES: Readonly<Record<string, readonly string[]>>;
export const NODE_BUILTINS: Readonly<{
  folders: readonly string[];
  modules: readonly string[];
  moduleFolders: readonly string[];
  files: readonly string[];
}>;
export function topOf(path: string): string;
export function folderOf(path: string): string;
export function allowedFor(name: string): ReadonlySet<string>;
export const FOLDERS: readonly { name: string; files: string[]; ignores: string[] }[];
export function forbiddenFor(name: string): { regex: string; message: string }[];
