import { type CellValue, type StreamRow, streamXlsxRows } from 'hucre/xlsx';
import { formatDate, formatNumber, formatPercent } from './cells';
import { isBlankRow, type OpenSheet, SheetError, type SheetLimits, type SheetRow, type VisitRow } from './port';
import { scanWorkbook, type WorkbookScan } from './scan';
import type { CellMark } from './workbook-marks';

function toText(value: CellValue | undefined, mark: CellMark | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') {
    if (mark?.kind !== 'date') return value;
    return (
      formatDate(new Date(/T.*(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`)) || value
    );
  }
  if (typeof value === 'number') {
    if (mark?.kind === 'digits') return mark.text;
    return mark?.kind === 'percent' ? formatPercent(value) : formatNumber(value);
  }
  return value instanceof Date ? formatDate(value) : String(value);
}

function toRow({ index, values }: StreamRow, scan: WorkbookScan, limits: SheetLimits): SheetRow {
  const number = index + 1;
  const marks = scan.marks.get(number);
  const cells = values.map((value, column) => toText(value, marks?.get(column)));
  while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop();
  if (cells.length > limits.columns) {
    throw new SheetError('too_many_columns', { place: `row ${number}`, limit: limits.columns });
  }
  return { number, cells };
}

/** The stream cannot be held back, so a pause would only move its rows into a dearer queue: none is made. */
async function visitRows(bytes: Uint8Array, scan: WorkbookScan, limits: SheetLimits, visit: VisitRow) {
  let previous = 0;
  for await (const streamed of streamXlsxRows(bytes, { sheet: scan.sheet.index })) {
    const row = toRow(streamed, scan, limits);
    if (!Number.isSafeInteger(row.number) || row.number <= previous) {
      throw new SheetError('corrupt', { place: `${scan.sheet.part}, after row ${previous}` });
    }
    previous = row.number;
    if (!isBlankRow(row.cells)) visit(row);
  }
}

/** The first visible sheet of a workbook; formula cells give the value that was saved with them. */
export async function openXlsx(bytes: Uint8Array, limits: SheetLimits): Promise<OpenSheet> {
  const scan = await scanWorkbook(bytes, limits);
  return { format: 'xlsx', sheetName: scan.sheet.name, each: (visit) => visitRows(bytes, scan, limits, visit) };
}
