import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SheetError, type SheetRow, sheetFailureCodes } from '@/server/integrations/spreadsheet/port';
import { readSheet } from '@/server/integrations/spreadsheet/read-sheet';

/**
 * Sheets that other people's programs wrote. What each must read as was established by independent readers; the first and
 * last row stand here by the number that the sheet shows.
 */
type Row = [number: number, ...cells: (string | null)[]];
interface Facts {
  /** Rows that are not blank, the header included. */
  rows: number;
  first: Row;
  last?: Row;
}

function folder(): string {
  const fixtures = process.env.INTEROP_FIXTURES;
  if (!fixtures) {
    throw new Error('INTEROP_FIXTURES must name the folder of interoperability fixtures (with csv/ and xlsx/ in it).');
  }
  return fixtures;
}

async function readAll(file: string): Promise<SheetRow[]> {
  const sheet = await readSheet(join(folder(), file), { requireHeader: false });
  const rows = [sheet.header];
  for await (const batch of sheet.batches) rows.push(...batch);
  return rows;
}

/** As many cells as the fact names: trailing empty cells are no cells in a workbook. */
const pick = (row: SheetRow | undefined, fact: Row): Row => [
  row?.number ?? 0,
  ...fact.slice(1).map((_, index) => row?.cells[index] ?? null),
];

const facts: Record<string, Facts> = {
  'csv/clev__airedale.csv': {
    rows: 55,
    first: [1, 'Department Family', 'Entity', 'Payment Date', 'Expense Type', 'Expense Area'],
    last: [56, 'Report created October 10 - RX7 RWW', null],
  },
  'csv/fri__accent.csv': {
    rows: 3,
    first: [1, 'n_amenageur', 'n_operateur', 'n_enseigne', 'id_station', 'n_station'],
    last: [3, 'X'.repeat(3), 'YYY', 'ZZZ', 'FR*A17*P*ZZZ*3*_*_*_'],
  },
  'csv/fri__blank-cells.csv': { rows: 6, first: [1, 'id', 'name'], last: [6, '5', null] },
  'csv/fri__blank-headers.csv': { rows: 3, first: [1, 'id', null, 'age'], last: [3, '1102', 'Julie', '26'] },
  'csv/fri__delimiter.csv': { rows: 3, first: [1, 'id', 'name'], last: [3, '2', '中国人'] },
  'csv/fri__dialect.csv': { rows: 3, first: [1, 'id', 'name'], last: [3, '2', ' -', '##'] },
  'csv/fri__duplicate-rows.csv': { rows: 4, first: [1, 'id', 'name', 'age'], last: [4, '1101', 'John', '30'] },
  'csv/fri__escaping.csv': { rows: 4, first: [1, 'ID', ' Test'], last: [4, '3', ' "Test \\" line 3"'] },
  'csv/fri__issue-1009-comma.csv': { rows: 2, first: [1, 'fieldNameA', 'fieldNameB'], last: [2, '0123', 'c'] },
  'csv/fri__issue-1066-smallcellsizewithdeviation.csv': { rows: 13, first: [1, 'Description', 'status'] },
  'csv/fri__issue-493.csv': { rows: 10, first: [1, 'numberOfLikes', 'numberOfShares', 'hidden', 'shareUrl'] },
  'csv/fri__latin1.csv': { rows: 3, first: [1, 'id', 'name'], last: [3, '2', '©'] },
  'csv/papa__tests__long-sample.csv': { rows: 8, first: [1, 'Grant', 'Dyer'], last: [8, 'Talon', 'Salinas'] },
  'csv/papa__tests__utf-8-bom-sample.csv': { rows: 2, first: [1, 'A', 'B', 'C'], last: [2, 'X', 'Y', 'Z'] },
  'csv/readr__tests__testthat__fixtures__eol-crlf.csv': { rows: 4, first: [1, 'x', 'y'], last: [4, '3', 'c'] },
  'csv/sjs__Attendance.csv': {
    rows: 25,
    first: [1, 'Date', 'Ben \nAshley', 'Tom Brooks', 'Jimmy Cooney', 'Sue \nDaniels'],
    last: [25, 'Total', '0', '1', '1'],
  },
  'csv/sjs__ErrorTypes.csv': {
    rows: 14,
    first: [1, 'Error', 'Bang', 'Que', 'Non', 'Val'],
    last: [14, 'array', 'array!', 'array?', 'array'],
  },
  'csv/sjs__ErrorTypes.txt': {
    rows: 14,
    first: [1, 'Error', 'Bang', 'Que', 'Non', 'Val'],
    last: [14, 'array', 'array!', 'array?', 'array'],
  },
  'csv/sjs__phonetic_text.txt': { rows: 2, first: [1, '漢字'], last: [2, '漢字withColor'] },
  'csv/spec__csvs__empty.csv': { rows: 3, first: [1, 'a', 'b', 'c'], last: [3, '2', '3', '4'] },
  'csv/spec__csvs__newlines.csv': { rows: 4, first: [1, 'a', 'b', 'c'], last: [4, '7', '8', '9'] },
  'csv/spec__csvs__simple.csv': { rows: 2, first: [1, 'a', 'b', 'c'], last: [2, '1', '2', '3'] },
  'csv/spec__csvs__simple_crlf.csv': { rows: 2, first: [1, 'a', 'b', 'c'], last: [2, '1', '2', '3'] },
  'csv/spec__csvs__utf8.csv': { rows: 3, first: [1, 'a', 'b', 'c'], last: [3, '4', '5', 'ʤ'] },
  'csv/univ__csv__essential.csv': {
    rows: 17,
    first: [1, 'This line and the following should be skipped. The third is ignored automatically because it is blank'],
    last: [22, '1997', 'Ford', 'E350', '" ac, abs, moon " '],
  },
  'csv/univ__csv__essential-dos.csv': {
    rows: 17,
    first: [1, 'This line and the following should be skipped. The third is ignored automatically because it is blank'],
    last: [22, '1997', 'Ford', 'E350', '" ac, abs, moon " '],
  },
  'csv/univ__examples__example.csv': {
    rows: 11,
    first: [1, '# This example was extracted from Wikipedia (en.wikipedia.org/wiki/Comma-separated_values)'],
    last: [14, null, null, 'Venture "Extended Edition"', null],
  },
  'xlsx/cal__date.xlsx': { rows: 3, first: [1, '2021-01-01', '15'], last: [3, '255:10:10', '17'] },
  'xlsx/cal__date_1904.xls': { rows: 3, first: [1, '2021-01-01', '15'] },
  'xlsx/cal__date_quoted_format.xlsx': { rows: 4, first: [1, '2021-01-01'], last: [4, '2021-01-01'] },
  'xlsx/cal__inlineStr_cdata.xlsx': {
    rows: 2,
    first: [1, 'Hello CDATA', 'World'],
    last: [2, '12345', 'NormalText'],
  },
  'xlsx/cal__merge_cells.xlsx': {
    rows: 2,
    first: [1, 'Row Merge', null, 'Not Merged', null],
    last: [2, 'Column Merge', 'Chunk Merged', null, null],
  },
  'xlsx/cal__no-header.xlsx': { rows: 2, first: [3, 'a', '0'], last: [4, 'b', '1'] },
  'xlsx/cal__nonstandard-xml-ns-prefix.xlsx': { rows: 3, first: [1, 'a', 'b'], last: [3, '2', '4'] },
  'xlsx/ejs__dateIssue.xlsx': { rows: 2, first: [1, 'Date'], last: [2, '2020-11-20'] },
  'xlsx/ejs__formulas.xlsx': {
    rows: 2,
    first: [1, 'someone@example.com', '(formula with hyperlink)', null, null],
    last: [2, 'someone@example.com', '(formula without link)', null, null],
  },
  'xlsx/ejs__hidden-test__google-sheets.xlsx': {
    rows: 3,
    first: [1, 'BEGIN', 'HIDDEN', 'VISIBLE'],
    last: [3, 'VISIBLE', null, null],
  },
  'xlsx/ejs__test-issue-1364.xlsx': { rows: 2, first: [1, 'Addend 1', 'Addend 2', 'Sum'], last: [2, '1', '1', '2'] },
  'xlsx/ejs__test-issue-988.xlsx': { rows: 5, first: [2, '1', 'a'], last: [6, '5', 'u'] },
  'xlsx/fri__merged-cells.xlsx': { rows: 1, first: [1, 'data', null] },
  'xlsx/fri__number-format-multicode.xlsx': { rows: 4, first: [1, 'col1'], last: [4, '15.7929464439101'] },
  'xlsx/fri__sheets.xlsx': { rows: 2, first: [1, 'id', 'name'], last: [2, '1', 'london'] },
  'xlsx/fri__skip-rows.xlsx': { rows: 4, first: [1, 'Table 1', null], last: [4, null, 'TOTAL'] },
  'xlsx/fri__table.xlsx': { rows: 3, first: [1, 'id', 'name'], last: [3, '2', '中国人'] },
  'xlsx/poi__1900DateWindowing.xls': { rows: 1, first: [1, '2000-01-01', '2000-01-01'] },
  'xlsx/poi__InlineStrings.xlsx': {
    rows: 7,
    first: [1, 'Numbers', 'Strings', 'Inline Strings', 'Formulas'],
    last: [7, '21', 'Longer Text', 'The End', '9'],
  },
  'xlsx/poi__SampleSS.xlsx': { rows: 3, first: [1, 'Test spreadsheet', null], last: [4, 'This one is red', null] },
  'xlsx/poi__TwoSheetsNoneHidden.xlsx': { rows: 1, first: [1, 'Sheet1A1'] },
  'xlsx/poi__unicodeSheetName.xlsx': { rows: 9, first: [1, '1'], last: [9, '9'] },
  'xlsx/rxl__blanks.xlsx': { rows: 3, first: [1, 'x', 'y'], last: [3, '1', null] },
  'xlsx/rxl__currency-formats-xlsx.xlsx': {
    rows: 3,
    first: [1, 'product', 'cost_EUR', 'cost_CHF', 'cost_mixed'],
    last: [3, 'software', '10000 EUR', '10000 CHF', '10000 CHF'],
  },
  'xlsx/rxl__iris-google-doc.xlsx': {
    rows: 151,
    first: [1, 'Sepal.Length', 'Sepal.Width', 'Petal.Length', 'Petal.Width', 'Species'],
    last: [151, '5.9', '3', '5.1', '1.8', 'virginica'],
  },
  'xlsx/rxl__missing-v-node-xlsx.xlsx': { rows: 2, first: [1, 'A', 'B', 'A + B'], last: [2, '1', '2', '=A2 + B2'] },
  'xlsx/rxl__mtcars.xls': {
    rows: 7,
    first: [1, 'mpg', 'cyl', 'disp', 'hp'],
    last: [7, '18.1', '6', '225', '105'],
  },
  'xlsx/rxl__skipping.xlsx': { rows: 3, first: [3, 'var1', 'var2'], last: [7, 'v4,1', 'v4,2'] },
  'xlsx/rxl__texty-dates-xlsx.xlsx': { rows: 3, first: [1, 'a', null], last: [3, '1985-03-11T13:23:32', null] },
  'xlsx/rxl__vietnamese-utf8.xls': { rows: 7, first: [1, 'Mô tả'], last: [7, 'SÉT lẫn kết vón silic'] },
  'xlsx/sjs__Attendance.xlsx': {
    rows: 25,
    first: [2, 'Date', 'Ben \nAshley', 'Tom Brooks', 'Jimmy Cooney', 'Sue \nDaniels'],
    last: [26, 'Total', '0', '1', '1', '1'],
  },
  'xlsx/sjs__LONumbers.xlsx': {
    rows: 38,
    first: [1, 'General', '1', '-1.2', '12.3', '-12.34'],
    last: [38, '[COLOR9]', '1', null],
  },
  'xlsx/sjs__merge_cells.xlsx': {
    rows: 3,
    first: [1, 'A1:B2', null, 'C1:C2', 'Separate blocks'],
    last: [4, '… are merged separately', null],
  },
  'xlsx/sjs__mixed_sheets.xlsx': { rows: 2, first: [1, 'type', 'name'], last: [2, 'note', 'type'] },
  'xlsx/sjs__sheet_visibility.xlsx': {
    rows: 2,
    first: [1, 'v', 'i', 's', 'i', 'b'],
    last: [2, '118', '105', '115', '105', '98'],
  },
};

const refusals: Record<string, { code: string; found?: string }> = {
  'csv/spec__json__simple.json': { code: 'not_a_spreadsheet', found: 'json' },
  'xlsx/cal__empty_sheet.xlsx': { code: 'empty' },
  'xlsx/cal__issue127.xlsx': { code: 'empty' },
  'xlsx/cal__pass_protected.xlsx': { code: 'encrypted' },
  'xlsx/mso__rc4cryptoapi_password.xls': { code: 'encrypted' },
  'xlsx/poi__poc-xmlbomb-empty.xlsx': { code: 'unsafe_xml' },
};

describe('sheets that other programs wrote', () => {
  it('are all there', () => {
    expect(readdirSync(join(folder(), 'csv')).length + readdirSync(join(folder(), 'xlsx')).length).toBeGreaterThan(60);
  });

  it.each(Object.entries(facts))('%s reads as it should', async (file, fact) => {
    const rows = await readAll(file);
    expect(rows).toHaveLength(fact.rows);
    expect(pick(rows[0], fact.first)).toEqual(fact.first);
    if (fact.last) expect(pick(rows.at(-1), fact.last)).toEqual(fact.last);
  });

  it.each(Object.entries(refusals))('%s is refused', async (file, refusal) => {
    await expect(readAll(file)).rejects.toMatchObject(refusal);
  });

  it('without a stated fact read, or fail with a code', async () => {
    const files = ['csv', 'xlsx'].flatMap((kind) => readdirSync(join(folder(), kind)).map((file) => join(kind, file)));
    for (const file of files.filter((name) => !(name in facts) && !(name in refusals))) {
      const outcome = await readAll(file).catch((error: unknown) => error);
      if (outcome instanceof SheetError) expect(sheetFailureCodes).toContain(outcome.code);
      else expect(outcome, file).toBeInstanceOf(Array);
    }
  });

  it('of another kind entirely are refused too', async () => {
    for (const kind of ['hl7', 'ecg', 'dicom']) {
      for (const file of readdirSync(join(folder(), kind)).slice(0, 3)) {
        const outcome = await readAll(join(kind, file)).catch((error: unknown) => error);
        const reported =
          Array.isArray(outcome) || outcome instanceof SheetError || (outcome as { code?: string }).code === 'EISDIR';
        expect(reported, file).toBe(true);
      }
    }
  });
});
