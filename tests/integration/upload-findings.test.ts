import { beforeAll, describe, expect, it } from 'vitest';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { listUploadErrors } from '@/server/modules/intake/uploads/use-cases/list-upload-errors';
import { openSheet } from '@/server/modules/intake/uploads/use-cases/open-sheet';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { wholeText } from './gathered';
import { idOf, makeReadFixture, staff } from './read-fixture';
import { rowsOf } from './till-fixture';

withDatabase();

const [mixed, right] = [idOf('upload', 1), idOf('upload', 2)];
const operator = staff(5, 'upload-operator', null);
const manager = staff(3, 'branch-manager', 1);
beforeAll(async () => {
  await makeReadFixture();
  // Warnings as they are given now, and columns whose order is that of the sheet.
  await rowsPastGuards(
    `UPDATE upload_row SET warning = CASE "row" WHEN 4 THEN 'legacy_font' ELSE 'more_cells' END WHERE warning IS NOT NULL`,
  );
  await rowsPastGuards(`UPDATE upload SET mapping = '{"service_codes":0,"external_ref":2,"note":1}' WHERE id = $1`, [
    mixed,
  ]);
  await rowsPastGuards(`UPDATE upload_row SET cells = '["NO","=1+1","REF-8"]' WHERE upload_id = $1 AND "row" = 4`, [
    mixed,
  ]);
});

const readings = async (by: { id: string }) =>
  (
    await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', action, entity, entity_id) AS line FROM audit_entry WHERE actor_id = $1 AND action LIKE '%.read' ORDER BY at`,
      [by.id],
    )
  ).map(({ line }) => line);
/** The same person under another name, who has read nothing yet. */
const newReader = async (as: StaffActor): Promise<StaffActor> => {
  const [row] = await rowsOf<{ id: string }>(
    `INSERT INTO app_user (email, name, role, branch_id, password_hash) SELECT gen_random_uuid() || '@x.example', name, role, branch_id, '-' FROM app_user WHERE id = $1 RETURNING id`,
    [as.id],
  );
  return { ...as, id: row?.id ?? '' };
};
const trace = [`upload.read upload ${mixed}`];

describe('the findings of a sheet', () => {
  it('are exported with a sentence each, the wrong cells by row and as the sheet’s columns stand, then the odd rows', async () => {
    const by = await newReader(operator);
    const csv = await wholeText(exportUploadErrors({ actor: by, id: mixed, locale: 'en' }));
    expect(csv.startsWith('\uFEFFrow,column,value,code,what to do\r\n')).toBe(true);
    const lines = csv.split('\r\n').slice(1, -1);
    expect(lines.map((line) => line.split(',').slice(0, 4).join())).toEqual([
      '3,service_codes,REF-7,unknown_service',
      '4,service_codes,NO,unknown_service',
      "4,note,'=1+1,too_long",
      '4,external_ref,REF-8,duplicate_ref',
      '4,,,legacy_font',
      '5,,,more_cells',
    ]);
    expect(lines[0]).toBe('3,service_codes,REF-7,unknown_service,No service has the code NO.');
    expect(lines.at(-1)).toContain('This row ends in empty cells behind the last column title.');
    expect(await readings(by)).toEqual(trace);
    expect(await wholeText(exportUploadErrors({ actor: by, id: mixed, locale: 'vi' }))).toMatch(/^\uFEFF\p{L}+,/u);
  });

  it('are those of one’s own branch, and a sheet without any is no reading', async () => {
    const by = await newReader(manager);
    const rows = (csv: string) =>
      csv
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]);
    expect(rows(await wholeText(exportUploadErrors({ actor: by, id: mixed, locale: 'vi' })))).toEqual(['3']);
    const { errors, warnings } = await listUploadErrors({ actor: by, id: mixed });
    expect([errors.map(({ row }) => row), warnings]).toEqual([[3], []]);
    const other = await newReader(operator);
    expect(rows(await wholeText(exportUploadErrors({ actor: other, id: right, locale: 'vi' })))).toEqual([]);
    expect(await listUploadErrors({ actor: other, id: right })).toEqual({ errors: [], warnings: [] });
    expect(await readings(other)).toEqual([]);
    expect(await readings(by)).toEqual(trace);
    await expect(exportUploadErrors({ actor: by, id: right, locale: 'vi' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('are listed for the command line, which sees every branch and is recorded under its own name', async () => {
    const portal = systemActor('portal');
    const { errors, warnings } = await listUploadErrors({ actor: portal, id: mixed });
    expect(errors.map(({ row, column, value }) => `${row} ${column} ${value}`)).toEqual([
      ...['3 service_codes REF-7', '4 service_codes NO', '4 note =1+1', '4 external_ref REF-8'],
    ]);
    expect(warnings).toEqual([
      { row: 4, code: 'legacy_font' },
      { row: 5, code: 'more_cells' },
    ]);
    expect(await readings(portal)).toEqual(trace);
    const by = await newReader(operator);
    await listUploadErrors({ actor: by, id: mixed });
    expect(await readings(by)).toEqual(trace);
  });
});

it('a page of a sheet that shows rows is a reading, and one without is none', async () => {
  const open = (actor: StaffActor, after: number) => openSheet({ actor, id: mixed, onlyWrong: false, limit: 2, after });
  const [reader, other] = [await newReader(operator), await newReader(operator)];
  expect(await open(other, 5)).toEqual({ rows: [], nextCursor: null });
  expect(await readings(other)).toEqual([]);
  const page = await open(reader, 3);
  expect([page.rows.map(({ row }) => row), page.nextCursor]).toEqual([[4, 5], 5]);
  expect(await readings(reader)).toEqual(trace);
});
