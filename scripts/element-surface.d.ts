/** What one element offers its users, as its sources say. */
export interface ElementSurface {
  readonly className: string;
  readonly attributes: Set<string>;
  readonly properties: Set<string>;
  readonly methods: Set<string>;
  /** The class of each event by its name. */
  readonly events: Map<string, string>;
  /** The default slot is `''`. */
  readonly slots: Set<string>;
  readonly parts: Set<string>;
  readonly cssProperties: Set<string>;
  readonly states: Set<string>;
}
export interface ManifestEntry {
  name: string;
  kind?: string;
  static?: boolean;
  description?: string;
  type?: { text: string };
}
export interface ManifestDeclaration {
  tagName?: string;
  description?: string;
  attributes?: ManifestEntry[];
  members?: ManifestEntry[];
  events?: ManifestEntry[];
  slots?: ManifestEntry[];
  cssParts?: ManifestEntry[];
  cssProperties?: ManifestEntry[];
  cssStates?: ManifestEntry[];
}
export function elementSurfaces(options?: { project?: string }): Map<string, ElementSurface>;
export function manifestGaps(surface: ElementSurface, declaration: ManifestDeclaration): string[];
export function describedTokens(source: string): { name: string; description: string; default?: string }[];
