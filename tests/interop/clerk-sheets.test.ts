import { describe, expect, it } from 'vitest';
import { readSheet } from '@/server/integrations/spreadsheet/read-sheet';
import { checkRow, inSheet, type Known } from '@/server/modules/intake/uploads/rules';
import { ORDER_FIGURES, wantedColumns } from '@/server/modules/intake/uploads/schema';
import type { Reading } from './clerk-dress';
import { clerkSheets } from './clerk-sheets';

const any = { active: true, sex: 'any' as const, minAge: null, maxAge: null };
const known: Known = {
  branches: new Map([['Q1', 'branch']]),
  customers: new Map(),
  doctors: new Map(),
  services: new Map([
    ['CBC', any],
    ['GLU', any],
  ]),
  zone: 'Asia/Ho_Chi_Minh',
  now: '2026-11-20 12:00',
};

/** The order that every sheet holds. Texts are compared composed: making them so is not the reader's part. */
const right = {
  externalRef: 'R1',
  orderedAt: '2026-10-09 16:07',
  name: 'Nguyễn Thị Hoa',
  dob: '1990-03-01',
  sex: 'female',
  phone: '+84912345678',
  services: 'CBC|GLU',
  note: 'khám',
  warning: null,
};

async function readingsOf(bytes: Buffer): Promise<Reading[]> {
  const sheet = await readSheet(bytes, { wanted: wantedColumns('orders') });
  const mapping = sheet.match?.mapping ?? {};
  const layout = { isText: sheet.format === 'csv', titles: sheet.header.cells, places: mapping, ...ORDER_FIGURES };
  const readings: Reading[] = [];
  for await (const rows of sheet.batches) {
    for (const read of rows) {
      const { number, cells, faults } = read;
      const placeOf = (column: string) => mapping[column] ?? -1;
      const checked = checkRow(
        (column) => cells[placeOf(column)] ?? '',
        known,
        () => false,
        (column) => faults?.find((fault) => fault.column === placeOf(column))?.code ?? null,
      );
      const { checked: row, warning } = inSheet(checked, read, layout);
      if (row.problems.length > 0) {
        readings.push({ number, problems: row.problems.map(({ column, code }) => `${column} ${code}`) });
        continue;
      }
      const { externalRef, orderedAt, dob, sex, phone } = row;
      const texts = { name: row.name?.normalize('NFC') ?? null, note: row.note?.normalize('NFC') ?? null };
      readings.push({
        number,
        externalRef,
        orderedAt,
        dob,
        sex,
        phone,
        services: row.serviceCodes.join('|'),
        warning,
        ...texts,
      });
    }
  }
  return readings;
}

describe('a sheet as a clerk sends it', () => {
  it('is one of more than sixty', () => expect(clerkSheets.length).toBeGreaterThan(60));

  it.each(clerkSheets.map(([name, bytes, ...rows]) => ({ name, bytes, rows })))('$name', async ({ bytes, rows }) => {
    expect(await readingsOf(bytes)).toEqual(rows.map((row) => (row.problems ? row : { ...right, ...row })));
  });
});
