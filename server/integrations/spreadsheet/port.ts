import { CAPS } from '@/server/domain/caps';
import type { TextEncodingName } from '@/server/domain/encoding';
import { isVisible } from '@/server/domain/text';
import { definePort } from '@/server/platform/port';
import type { ColumnMatch, WantedColumn } from './columns';

/** What a sheet is, whatever file it came in. The reading itself runs in a process of its own (`read-sheet.ts`). */

export type SheetFormat = 'csv' | 'xlsx' | 'xls';

/**
 * A cell that must not be taken at its text, by its place in the row: a formula whose result was never stored (the text is then
 * the formula), one that is longer than a cell may be (the text is its beginning), or a number of more digits than a spreadsheet
 * keeps: where it was a reference, its last ones are noughts by now.
 */
export interface CellFault {
  column: number;
  code: 'no_result' | 'too_long' | 'lost_digits';
}

/** `number` is the row as the sheet shows it, from 1. An empty cell is `null`; text is kept exactly as the file holds it. */
export interface SheetRow {
  number: number;
  cells: (string | null)[];
  /** Whether people do not see the row: it is read all the same, as a filter hides what is not done. */
  hidden?: boolean;
  /** Only where there are any. Who reads the cells must refuse these. */
  faults?: CellFault[];
  /** Columns, where there are any, whose cell lies under a merged one: it is not empty, it is not there. */
  merged?: number[];
  /**
   * Columns, where there are any, whose cell is a number of three decimals behind one to three digits: its text, `45.125`, could be
   * read as forty-five thousand, which no number means. See `numberText`.
   */
  exact?: number[];
  /**
   * Columns, where there are any, whose cell is a real date or a number with decimals. Nobody writes a code or a reference so: `1-3` or
   * `2026.10` was typed, and the spreadsheet made 1 March or 2026.1 of it.
   */
  typed?: number[];
  /** Columns, where there are any, whose cell shows fewer decimals than its number has: 12.5 % is seen as 13 %. */
  rounded?: number[];
}

/** What a row says of some of its cells, by their columns. */
export const CELL_MARKS = ['exact', 'typed', 'rounded'] as const;
export type CellMark = (typeof CELL_MARKS)[number];

/** Spreadsheets keep fifteen digits of a number, and make noughts of the others. */
export const losesDigits = (text: string): boolean => /^-?\d{16}/.test(text);

/** Whether the text of a number could be read as one of thousands. */
export const readsAsThousands = (text: string): boolean => /^\D*\d{1,3}\.\d{3}\D*$/.test(text);

/** Rows as the sheet counts them, both ends included. */
export interface RowSpan {
  from: number;
  to: number;
}

export interface SheetSource {
  format: SheetFormat;
  /** `null` where the format has no sheets. */
  sheetName: string | null;
  /** Other sheets of the workbook that people see and that hold something; none of them is read. */
  otherSheets: string[];
  /** Columns that people do not see; they are read all the same. */
  hiddenColumns: number[];
  /** The row of titles. Rows that are not blank above it are a heading, and no part of the sheet. */
  header: SheetRow;
  /** The rows above it that are too full for a heading, such as those of another table; null where there are none. */
  rowsAbove: RowSpan | null;
  /** What the titles were taken for, where columns were wanted. */
  match: ColumnMatch | null;
  /** Rows after the header without the blank ones, in batches of at most 500. Iterate once; throws `SheetError` midway. */
  batches: AsyncIterable<SheetRow[]>;
  /** Ends the reading process. Needed where `batches` may not have been read to the end; may be called twice. */
  close(): Promise<void>;
}

export const sheetFailureCodes = [
  'not_a_spreadsheet',
  'encrypted',
  'empty',
  'no_header',
  'too_many_rows',
  'too_many_columns',
  'too_large',
  'too_long',
  'too_much_text',
  'zip_bomb',
  'unsafe_xml',
  'corrupt',
  'unsupported_encoding',
  'timed_out',
  'busy',
] as const;
export type SheetFailureCode = (typeof sheetFailureCodes)[number];

export interface SheetFailure {
  code: SheetFailureCode;
  /** Where: a part of the workbook or `row 17`. */
  place: string | null;
  /** For `not_a_spreadsheet`: what the bytes look like instead, such as `pdf`. */
  found: string | null;
  /** For the codes about size: the limit that was passed. */
  limit: number | null;
}

/** The file cannot be read. Nothing about it is worth a retry; the code decides what people read. */
export class SheetError extends Error implements SheetFailure {
  readonly code: SheetFailureCode;
  readonly place: string | null;
  readonly found: string | null;
  readonly limit: number | null;

  constructor(code: SheetFailureCode, detail: Partial<Omit<SheetFailure, 'code'>> & { cause?: unknown } = {}) {
    super(`The sheet cannot be read: ${[code, detail.place, detail.found].filter(Boolean).join(', ')}`, {
      cause: detail.cause,
    });
    this.name = 'SheetError';
    this.code = code;
    this.place = detail.place ?? null;
    this.found = detail.found ?? null;
    this.limit = detail.limit ?? null;
  }
}

/** By its name: a bundler may hold the class twice, once for the adapter and once for who asks. */
export const isSheetError = (error: unknown): error is SheetError =>
  error instanceof Error && error.name === 'SheetError';

export interface SheetLimits {
  fileBytes: number;
  /** Rows after the header. */
  rows: number;
  columns: number;
  /** Parts of a workbook archive. */
  entries: number;
  /** All parts of a workbook, unpacked. */
  inflatedBytes: number;
  /** Unpacked size over packed size of one part; parts under 1 MB are exempt. */
  ratio: number;
  /** The longest cell that is read whole, in UTF-16 units. */
  cellChars: number;
  /** All cells of a sheet together, in UTF-16 units: a string that many cells point to counts for each of them. */
  textChars: number;
  heapMb: number;
  /** How long the reader may be silent while rows are awaited. */
  idleMs: number;
}

export const defaultSheetLimits: SheetLimits = {
  fileBytes: 100 * 1024 * 1024,
  rows: 250_000,
  columns: 512,
  entries: 1_000,
  inflatedBytes: 300 * 1024 * 1024,
  ratio: 100,
  cellChars: CAPS.cell,
  textChars: 100 * 1024 * 1024,
  heapMb: 144,
  idleMs: 60_000,
};

/** Takes a row; answers with a promise when the reader should wait before it gives the next one. */
export type VisitRow = (row: SheetRow) => Promise<void> | undefined;

/** What one format's reader hands on. A visit costs less than an async iterator: 100,000 rows feel it. */
export interface OpenSheet {
  format: SheetFormat;
  sheetName: string | null;
  otherSheets: string[];
  /** Known when the first row is. */
  hiddenColumns?: () => number[];
  /** Visits every row that is not blank; the first is the header. */
  each(visit: VisitRow): Promise<void>;
}

/** How many other sheets are looked into and named. */
export const MOST_OTHER_SHEETS = 20;

/** Also one of nothing visible, as programs of old ended a file with. */
export const isBlankRow = (cells: readonly (string | null)[]) => !cells.some(isVisible);

export interface ReadSheetOptions {
  limits?: Partial<SheetLimits>;
  /** Whether a row of titles of nothing but figures is refused as `no_header`. */
  requireHeader?: boolean;
  /** What text is encoded in, where somebody said so who knows. */
  encoding?: TextEncodingName | undefined;
  /** The columns that are looked for in the titles; they are matched in the reading process. */
  wanted?: readonly WantedColumn[];
  /** The row of titles as it was found before. Without it and without `wanted`, the first row that is not blank. */
  headerRow?: number | undefined;
}

/** A file: its path, its bytes, or its size with its bytes as they come. */
export type SheetFile = string | Uint8Array | { bytes: number; content: AsyncIterable<Uint8Array> };

/** The reader as use cases know it: `read` as in `read-sheet.ts`, `inTurn` as in `turns.ts`. */
export interface Spreadsheets {
  read(source: SheetFile, options?: ReadSheetOptions): Promise<SheetSource>;
  inTurn<T>(owner: string, work: () => Promise<T>): Promise<T>;
}

export const spreadsheets = definePort<Spreadsheets>('spreadsheets');
