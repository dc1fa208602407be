import { describe, expect, it } from 'vitest';
import { defaultSheetLimits, type SheetRow } from './port';
import { openXlsx } from './xlsx';
import { workbookParts, zipOf } from './zip-fixture';

describe('what a sheet says of its columns and areas', () => {
  const sheet = async (before: string, rows: string, behind: string) => {
    const sheetXml = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${before}<sheetData>${rows}</sheetData>${behind}</worksheet>`;
    const opened = await openXlsx(
      zipOf(workbookParts({ sheets: [{ name: 'S', rows: '' }], sheetXml })),
      defaultSheetLimits,
    );
    const found: SheetRow[] = [];
    await opened.each((row) => {
      found.push(row);
      return undefined;
    });
    return { hidden: opened.hiddenColumns?.(), rows: found };
  };
  const rows = '<row r="1"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>';

  it('names a hidden column once, however often the file does', async () => {
    const cols = '<col min="1" max="3" hidden="1"/><col min="-7" max="2" width="0"/><col min="x" max="y" hidden="1"/>';
    expect((await sheet(`<cols>${cols.repeat(2_000)}</cols>`, rows, '')).hidden).toEqual([0, 1, 2]);
  });

  it('names a merged cell once in each row, also under areas that overlap', async () => {
    const merged = (...areas: string[]) =>
      `<mergeCells>${areas.map((area) => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>`;
    const found = await sheet('', rows, merged('A1:C2', 'B2:D2', 'A1:C2', 'ZZZ1:ZZZ9'));
    expect(found.rows.map((row) => row.merged?.toSorted((a, b) => a - b))).toEqual([
      [1, 2],
      [0, 1, 2, 3],
    ]);
    const wide = Array.from({ length: 3 }, (_, at) => `A${at + 2}:SR9`);
    await expect(sheet('', rows, merged('A1:SR2', ...wide))).rejects.toMatchObject({ code: 'corrupt', place: 'row 2' });
  });
});
