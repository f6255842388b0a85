// @ts-expect-error -- Its published types bring Node's along, which the browser's side must not see.
import untyped from 'papaparse';

/** Steers a parse under way. */
export interface Parser {
  abort(): void;
  pause(): void;
  resume(): void;
}

/** The part of Papa Parse that is used here. */
export interface PapaParse {
  parse(
    text: string,
    config: {
      chunkSize: number;
      /** Empty: to be guessed. */
      delimiter: string;
      delimitersToGuess: readonly string[];
      chunk(
        results: {
          data: string[][];
          errors: readonly { code: string; row?: number }[];
          meta: { cursor: number };
        },
        parser: Parser,
      ): void;
      complete(): void;
      error(error: Error): void;
    },
  ): void;
  unparse(rows: readonly (readonly string[])[], config?: { newline?: string; escapeFormulae?: RegExp }): string;
}

/** Papa Parse, typed. */
export const Papa = untyped as PapaParse;
