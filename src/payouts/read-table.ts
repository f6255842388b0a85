import { nextTurn, type SlicedWork } from './in-slices.ts';
import { Papa, type Parser } from './papaparse.ts';

/** One record of a table. */
export interface TableRecord {
  /** As a spreadsheet numbers it: the first record of the file is 1. */
  number: number;
  cells: string[];
}

/** Why a table could not be read: nothing in it, no text, more than is taken, or a quote out of place or never closed. */
export type TableErrorCode = 'empty' | 'not-text' | 'too-large' | 'too-many-rows' | 'open-quote';

/** A table that could not be read; nothing of it was taken. */
export class TableError extends Error {
  override readonly name = 'TableError';
  readonly code: TableErrorCode;
  /** The limit that was passed (bytes or rows), or the number of the record with the quote. */
  readonly at: number;

  constructor(code: TableErrorCode, message: string, at = 0) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

/** The most records and bytes that are taken at once. */
const TABLE_LIMITS = { rows: 10_000, bytes: 10 * 1024 * 1024 } as const;

/** Characters of one slice: some milliseconds of parsing. */
const CHUNK = 32 * 1024;
const DELIMITERS = ['\t', ',', ';', '|'];
/** The line by which Excel is told the delimiter; it shows none of it. */
const DELIMITER_LINE = /^\uFEFF?"?sep=([\t,;|])"?(?:\r\n?|\n)/i;

/**
 * Reads comma, semicolon, tab or pipe separated text, pasted or from a file in UTF-8, UTF-16 or Windows-1252, in slices
 * short enough to keep the page responsive. Every cell stays the text it is, leading zeros included.
 *
 * @throws {TableError} Nothing to read, a workbook instead of text, more than {@link TABLE_LIMITS}, or a quote that is out
 * of place or never closed: which cells it would swallow is anybody's guess.
 */
export async function readTable(
  source: string | Blob,
  { signal, onProgress }: SlicedWork = {},
): Promise<TableRecord[]> {
  const size = typeof source === 'string' ? source.length : source.size;
  if (size > TABLE_LIMITS.bytes) {
    throw new TableError('too-large', `A table has at most ${TABLE_LIMITS.bytes} bytes.`, TABLE_LIMITS.bytes);
  }
  const text = typeof source === 'string' ? source : decoded(new Uint8Array(await source.arrayBuffer()));
  signal?.throwIfAborted();
  // Workbooks, pictures and the like; a text has no such character.
  if (text.slice(0, CHUNK).includes('\0')) throw new TableError('not-text', 'This is not a text file.');
  const records = await recordsOf(text, { signal, onProgress });
  if (records.length === 0) throw new TableError('empty', 'There is nothing in this table.');
  return records;
}

/** Text of a file: by its byte order mark, else UTF-8, else what spreadsheets on Windows write. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function recordsOf(source: string, { signal, onProgress }: SlicedWork): Promise<TableRecord[]> {
  const [line = '', delimiter = ''] = DELIMITER_LINE.exec(source) ?? [];
  const text = source.slice(line.length);
  const records: TableRecord[] = [];
  let number = 0;
  return new Promise((resolve, reject) => {
    const stop = (parser: Parser, error: Error) => {
      reject(error);
      parser.abort();
    };
    Papa.parse(text, {
      chunkSize: CHUNK,
      delimiter,
      delimitersToGuess: DELIMITERS,
      chunk({ data, errors, meta }, parser) {
        const quote = errors.find(({ code }) => code === 'MissingQuotes' || code === 'InvalidQuotes');
        if (quote) {
          const at = number + 1 + (quote.row ?? 0);
          stop(parser, new TableError('open-quote', `A quote in row ${at} is out of place or never closed.`, at));
          return;
        }
        for (const cells of data) {
          number += 1;
          // An empty line keeps its number, so that the others have theirs.
          if (cells.some((cell) => cell.trim() !== '')) records.push({ number, cells });
        }
        if (records.length > TABLE_LIMITS.rows + 1) {
          const { rows } = TABLE_LIMITS;
          stop(parser, new TableError('too-many-rows', `A table has at most ${rows} rows.`, rows));
          return;
        }
        parser.pause();
        onProgress?.(Math.min(1, (meta.cursor || text.length) / text.length));
        void nextTurn().then(() => {
          if (signal?.aborted) stop(parser, signal.reason as Error);
          else parser.resume();
        });
      },
      complete: () => resolve(records),
      error: reject,
    });
  });
}
