export function integrityOf(code: string | Uint8Array): string;
export function scriptTag(src: string, code: string | Uint8Array): string;
