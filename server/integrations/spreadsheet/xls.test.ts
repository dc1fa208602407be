import { type CellObject, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { defaultSheetLimits, type SheetRow } from './port';
import { openXls } from './xls';

/** The rows of a workbook of Excel 97 to 2003 with these cells in its second row. */
async function rowsWith(cells: CellObject[]): Promise<SheetRow[]> {
  const sheet = utils.aoa_to_sheet([cells.map((_, at) => `t${at}`)]);
  cells.forEach((cell, at) => {
    sheet[utils.encode_cell({ r: 1, c: at })] = cell;
  });
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: 1, c: cells.length - 1 } });
  const bytes = write({ SheetNames: ['S'], Sheets: { S: sheet } }, { type: 'buffer', bookType: 'biff8' });
  const rows: SheetRow[] = [];
  await openXls(bytes, defaultSheetLimits).each((row) => {
    rows.push(row);
    return undefined;
  });
  return rows.slice(1);
}

describe('a workbook of Excel 97 to 2003', () => {
  it('gives an error of its cell for a formula that failed, never an empty one', async () => {
    const codes = [0x00, 0x07, 0x0f, 0x17, 0x1d, 0x24, 0x2a, 0x2b, 0x63];
    const [row] = await rowsWith(codes.map((v) => ({ t: 'e', v })));
    expect(row?.cells).toEqual([
      ...['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A', '#GETTING_DATA', '#ERROR!'],
    ]);
  });

  it('gives numbers as their format shows them, and says which are exact', async () => {
    const [row] = await rowsWith([
      ...[{ t: 'n', v: 45, z: '#,##0",000"' } as const, { t: 'n', v: 45, z: '0".000"' } as const],
      ...[
        { t: 'n', v: 45.125 } as const,
        { t: 'n', v: 0.1, z: '0%' } as const,
        { t: 'n', v: 7, z: '"KH-"000' } as const,
      ],
    ]);
    expect(row).toEqual({
      number: 2,
      cells: ['45,000', '45.000', '45.125', '10%', 'KH-007'],
      exact: [2],
      typed: [2, 3],
    });
  });
});
