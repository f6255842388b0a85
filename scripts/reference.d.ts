import type { ManifestDeclaration } from './element-surface.js';

/** A word of a closed list: what has happened, and what to do. */
export interface Remedy {
  name: string;
  means: string;
  remedy: string;
}

export function problemCodes(): (Remedy & { statuses: number[]; retryable: boolean })[];
export function issueCodes(): { name: string; remedy: string }[];
export function requestIssues(): { name: string; remedy: string }[];
export function remedies(): Record<
  | 'elements'
  | 'client'
  | 'payouts'
  | 'recipients'
  | 'stores'
  | 'upstream'
  | 'lesspaySignatures'
  | 'leanxSignatures'
  | 'alarms'
  | 'warnings',
  Remedy[]
>;
export function memberNames(file: string, name: string): string[];
export function referencePages(manifest: { modules: { declarations?: ManifestDeclaration[] }[] }): Map<string, string>;
