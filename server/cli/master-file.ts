import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { DayOrder, noteDays } from '@/server/domain/day-order';
import { figuresOf } from '@/server/domain/fields';
import { columnsWithDecimals } from '@/server/domain/minor-units';
import { type CellProblem, type Placed, problemsOf, sortProblems } from '@/server/domain/problems';
import { rowsAboveSaid, unclearColumns } from '@/server/domain/sheet-columns';
import type { Layout } from '@/server/domain/sheet-layout';
import {
  blankColumns,
  changedTexts,
  failedCells,
  numberCell,
  oddNames,
  roundedFigures,
  shortenedCells,
  shortTaxCodes,
  smallShares,
  unreadableCells,
  unseen,
} from '@/server/domain/sheet-row';
import {
  isSheetError,
  type RowSpan,
  type SheetRow,
  type SheetSource,
  spreadsheets,
} from '@/server/integrations/spreadsheet/port';
import { PortalError, RowsRefused } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';

/** A file of a folder. `mustHave` are the columns whose cells replace what is kept: without one of them all of it would be erased. */
export type MasterFile<S extends z.ZodObject> = { file: string; row: S; mustHave?: readonly string[] };

/**
 * The rows of a file, what is right in them and perhaps meant otherwise, and which of our columns it names: what it does not name
 * stays as it is.
 */
export type MasterRows<Row> = { rows: Placed<Row>[]; warnings: CellProblem[]; named: ReadonlySet<string> };

/** The columns of days that any of the files has. */
const DAYS = ['valid_from', 'valid_to'];

/**
 * Reads a file of master data whole and checks every cell of every row. Throws `bad_file`, `file_columns_missing`,
 * `columns_repeated`, `column_mistyped`, or `bad_rows` with every wrong cell, before anything is written. Null where the folder has
 * no such file.
 */
export async function readMasterFile<S extends z.ZodObject>(
  folder: string,
  given: MasterFile<S>,
): Promise<MasterRows<z.infer<S>> | null> {
  const { file } = given;
  const bytes = await readFile(path.join(folder, file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new PortalError('invalid', 'bad_file', { params: { file, reason: error.code ?? '' }, cause: error });
  });
  if (!bytes) return null;
  try {
    return await readRows({ ...given, bytes });
  } catch (error) {
    if (!isSheetError(error)) throw error;
    throw new PortalError('invalid', 'bad_file', { params: { file, reason: error.code }, cause: error });
  }
}

/** Where the columns stand. A file that would leave out what its rows have already is refused: it would be erased. */
function layoutOf(sheet: SheetSource, { file, row, mustHave = [] }: MasterFile<z.ZodObject>): Layout {
  const { mapping = {}, unknown = [], duplicate = [] } = sheet.match ?? {};
  const unclear = unclearColumns({ unknown, duplicate });
  if (unclear) throw new PortalError('invalid', unclear.code, { params: { file, ...unclear.params } });
  const absent = mustHave.filter((name) => mapping[name] === undefined);
  if (absent.length > 0)
    throw new PortalError('invalid', 'file_columns_missing', { params: { file, columns: absent.join(', ') } });
  if (unknown.length > 0)
    logger('portal').warn(
      { file, columns: unknown.map(({ title }) => title) },
      'columns that nobody asked for are left out',
    );
  return { isText: sheet.format === 'csv', titles: sheet.header.cells, places: mapping, figures: figuresOf(row) };
}

/** What is wrong in a row as it was read; `ofSchema` is what its schema says. */
const problemsIn = (read: SheetRow, layout: Layout, ofSchema: CellProblem[]): CellProblem[] => [
  ...unreadableCells(read, layout),
  ...failedCells(read, layout),
  ...changedTexts(read, layout, DAYS),
  ...ofSchema,
  ...shortenedCells(read, layout),
];

/** What of a row is right and perhaps meant otherwise; what is odd about all of it stands at its first column. */
const odditiesIn = (read: SheetRow, layout: Layout): CellProblem[] => {
  const [column = ''] = Object.keys(layout.places);
  const ofRow = unseen(read, layout).map((code) => ({ row: read.number, column, code, params: {} }));
  const ofCells = [smallShares, roundedFigures, shortTaxCodes, oddNames].flatMap((odd) => odd(read, layout));
  return [...ofRow, ...ofCells];
};

/** Rows above the titles that are too full for a heading, such as those of another table: none of them is read. */
function aboveTitles(span: RowSpan, titles: number, { places }: Layout): CellProblem {
  const [column = ''] = Object.keys(places);
  return { row: span.from, column, code: 'rows_above', params: rowsAboveSaid(span, titles) };
}

async function readRows<S extends z.ZodObject>({ bytes, ...given }: MasterFile<S> & { bytes: Buffer }) {
  const { file, row } = given;
  const wanted = Object.keys(row.shape).map((name) => ({ name, required: false }));
  const sheet = await spreadsheets().read(bytes, { wanted });
  try {
    const layout = layoutOf(sheet, given);
    const columns = Object.entries(layout.places);
    const cellOf = (name: string, read: SheetRow, place: number) =>
      layout.figures?.[name] ? numberCell(read, place) : (read.cells[place] ?? undefined);
    const placed: Placed<z.infer<S>>[] = [];
    const [problems, warnings]: [CellProblem[], CellProblem[]] = [[], []];
    const days = new DayOrder(layout.isText);
    if (sheet.rowsAbove) warnings.push(aboveTitles(sheet.rowsAbove, sheet.header.number, layout));
    const check = (read: SheetRow) => {
      const cells = columns.map(([name, place]) => [name, cellOf(name, read, place)]);
      const parsed = row.safeParse(Object.fromEntries(cells));
      const found = problemsIn(read, layout, parsed.success ? [] : problemsOf(read.number, parsed.error));
      problems.push(...found);
      warnings.push(...odditiesIn(read, layout));
      noteDays(days, DAYS, read, layout, found);
      if (parsed.success && found.length === 0)
        placed.push({
          row: read.number,
          value: parsed.data,
          blank: blankColumns(read, layout),
          decimals: columnsWithDecimals(read, layout),
        });
    };
    for await (const batch of sheet.batches) batch.forEach(check);
    problems.push(...days.doubtful());
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems), file);
    return { rows: placed, warnings, named: new Set(columns.map(([name]) => name)) };
  } finally {
    await sheet.close();
  }
}
