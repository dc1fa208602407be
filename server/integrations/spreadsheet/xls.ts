import { type CellObject, read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { type CellFormat, formatCell, formatOfCode, marksOf } from './cell-format';
import { MergedCells } from './merged-areas';
import {
  CELL_MARKS,
  type CellFault,
  type CellMark,
  isBlankRow,
  losesDigits,
  MOST_OTHER_SHEETS,
  type OpenSheet,
  SheetError,
  type SheetLimits,
  type VisitRow,
} from './port';
import { TextBudget } from './text-budget';

const formats = new Map<string, CellFormat>();
function formatOf(code: string): CellFormat {
  const known = formats.get(code);
  if (known) return known;
  const format = formatOfCode(code);
  formats.set(code, format);
  return format;
}

const formatOfCell = (cell: CellObject) => formatOf(String(cell.z ?? 'General'));

/** Errors as a sheet shows them, by their numbers in the file. The library gives the number alone. */
const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

function toText(cell: CellObject | undefined, date1904: boolean): string | null {
  if (!cell || cell.v === undefined || cell.v === null || cell.v === '') return null;
  if (cell.t === 'e') return ERRORS[Number(cell.v)] ?? '#ERROR!';
  if (typeof cell.v !== 'number') return String(cell.v);
  return formatCell(cell.v, formatOfCell(cell), date1904);
}

function parse(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
      cellStyles: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/encrypt|password/i.test(message)) throw new SheetError('encrypted', { cause: error });
    throw new SheetError('corrupt', { cause: error });
  }
}

/** Columns of numbers of which something is to be known beside their text. */
const markedColumns = (given: readonly CellObject[], cells: readonly (string | null)[], mark: CellMark): number[] =>
  cells.flatMap((text, at) => {
    const cell = given[at];
    return text && cell && typeof cell.v === 'number' && marksOf(cell.v, text, formatOfCell(cell))[mark] ? [at] : [];
  });

const lostDigits = (given: readonly CellObject[], cells: readonly (string | null)[]): CellFault[] =>
  cells.flatMap((text, column) =>
    text && typeof given[column]?.v === 'number' && losesDigits(text) ? [{ column, code: 'lost_digits' }] : [],
  );

const mergedCellsOf = (sheet: WorkSheet, { columns }: SheetLimits): MergedCells => {
  const areas = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r + 1, left: s.c, bottom: e.r + 1, right: e.c }));
  return new MergedCells(areas, columns);
};

/** Only cells that exist are visited: a sheet may claim a million rows and hold ten. */
async function visitRows(sheet: WorkSheet, date1904: boolean, limits: SheetLimits, visit: VisitRow) {
  const budget = new TextBudget(limits);
  const rows = sheet['!data'] ?? [];
  const merged = mergedCellsOf(sheet, limits);
  for (const key of Object.keys(rows)) {
    const cells = Array.from(rows[Number(key)] ?? [], (cell) => toText(cell, date1904));
    while (cells.at(-1) === null) cells.pop();
    if (isBlankRow(cells)) continue;
    const row = budget.take(Number(key) + 1, cells);
    const given = rows[Number(key)] ?? [];
    const lost = lostDigits(given, cells);
    const under = merged.under(row.number);
    if (sheet['!rows']?.[Number(key)]?.hidden) row.hidden = true;
    if (under.length > 0) row.merged = under;
    for (const mark of CELL_MARKS) {
      const columns = markedColumns(given, cells, mark);
      if (columns.length > 0) row[mark] = columns;
    }
    if (lost.length > 0) row.faults = [...(row.faults ?? []), ...lost];
    const pause = visit(row);
    if (pause) await pause;
  }
}

const hasCells = (rows: CellObject[][] = []) => rows.some((row) => row?.some((cell) => cell?.v !== undefined));

/** The first visible sheet of a workbook in the format of Excel 97 to 2003. */
export function openXls(bytes: Uint8Array, limits: SheetLimits): OpenSheet {
  const workbook = parse(bytes);
  const visible = workbook.SheetNames.findIndex((_, index) => !workbook.Workbook?.Sheets?.[index]?.Hidden);
  const sheetName = workbook.SheetNames[visible];
  const sheet = sheetName === undefined ? undefined : workbook.Sheets[sheetName];
  if (!sheet || sheetName === undefined) throw new SheetError('empty');
  const date1904 = workbook.Workbook?.WBProps?.date1904 ?? false;
  const otherSheets = workbook.SheetNames.filter((name, index) => {
    const isSeen = index > visible && !workbook.Workbook?.Sheets?.[index]?.Hidden;
    return isSeen && hasCells(workbook.Sheets[name]?.['!data']);
  }).slice(0, MOST_OTHER_SHEETS);
  const hidden = (sheet['!cols'] ?? []).flatMap((column, at) => (column?.hidden ? [at] : []));
  const hiddenColumns = () => hidden;
  return {
    format: 'xls',
    sheetName,
    otherSheets,
    hiddenColumns,
    each: (visit) => visitRows(sheet, date1904, limits, visit),
  };
}
