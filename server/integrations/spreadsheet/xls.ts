import { type CellObject, read, SSF, type WorkBook } from '@e965/xlsx';
import { formatDate, formatNumber, formatPercent, isPercentFormat } from './cells';
import { isBlankRow, type OpenSheet, SheetError, type SheetLimits, type VisitRow } from './port';

function toDate(serial: number, date1904: boolean): string {
  const { y, m, d, H, M, S } = SSF.parse_date_code(serial, { date1904 });
  return formatDate(new Date(Date.UTC(y, m - 1, d, H, M, Math.round(S))));
}

function toText(cell: CellObject | undefined, date1904: boolean): string | null {
  if (!cell || cell.v === undefined || cell.v === null || cell.v === '') return null;
  if (cell.t === 'e') return cell.w ?? null;
  if (typeof cell.v !== 'number') return cell.v instanceof Date ? formatDate(cell.v) : String(cell.v);
  const format = String(cell.z ?? 'General');
  if (SSF.is_date(format)) return toDate(cell.v, date1904);
  return isPercentFormat(format) ? formatPercent(cell.v) : formatNumber(cell.v);
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
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/encrypt|password/i.test(message)) throw new SheetError('encrypted', { cause: error });
    throw new SheetError('corrupt', { cause: error });
  }
}

/** Only cells that exist are visited: a sheet may claim a million rows and hold ten. */
async function visitRows(rows: CellObject[][], date1904: boolean, limits: SheetLimits, visit: VisitRow) {
  for (const key of Object.keys(rows)) {
    const number = Number(key) + 1;
    const cells = Array.from(rows[Number(key)] ?? [], (cell) => toText(cell, date1904));
    if (cells.length > limits.columns) {
      throw new SheetError('too_many_columns', { place: `row ${number}`, limit: limits.columns });
    }
    const pause = isBlankRow(cells) ? undefined : visit({ number, cells });
    if (pause) await pause;
  }
}

/** The first visible sheet of a workbook in the format of Excel 97 to 2003. */
export function openXls(bytes: Uint8Array, limits: SheetLimits): OpenSheet {
  const workbook = parse(bytes);
  const visible = workbook.SheetNames.findIndex((_, index) => !workbook.Workbook?.Sheets?.[index]?.Hidden);
  const sheetName = workbook.SheetNames[visible];
  const sheet = sheetName === undefined ? undefined : workbook.Sheets[sheetName];
  if (!sheet || sheetName === undefined) throw new SheetError('empty');
  const date1904 = workbook.Workbook?.WBProps?.date1904 ?? false;
  const rows = sheet['!data'] ?? [];
  return { format: 'xls', sheetName, each: (visit) => visitRows(rows, date1904, limits, visit) };
}
