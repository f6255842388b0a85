export const ARROWS: Readonly<Record<string, readonly string[]>>;
export const PACKAGES: Readonly<Record<string, readonly string[]>>;
export const NODE_BUILTINS: Readonly<{
  folders: readonly string[];
  modules: readonly string[];
  moduleFolders: readonly string[];
  files: readonly string[];
}>;
export function folderOf(path: string): string;
export const FOLDERS: readonly { name: string; files: string[] }[];
export function forbiddenFor(name: string): object[];
