export function frameworkFiles(manifest: object, about: { name: string; version: string }): Map<string, string>;
