import iconv from 'iconv-lite';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TextEncodingName } from '@/server/domain/encoding';
import { spreadsheets } from '@/server/integrations/spreadsheet/port';
import { workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';
import { planUploadChunks } from '@/server/modules/intake/uploads/public/plan-upload-chunks';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { listSheet, uploadDetail } from '@/server/modules/intake/uploads/queries';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { listUploadErrors } from '@/server/modules/intake/uploads/use-cases/list-upload-errors';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { wholeText } from './gathered';
import { makeFixture, makeStaff } from './till-fixture';

withDatabase();

let actor: StaffActor;
let round = 0;
beforeAll(async () => {
  await makeFixture();
  actor = await makeStaff('upload-operator', null);
});
beforeEach(() => {
  round += 1;
});

const TITLES = [
  'external_ref',
  'branch',
  'ordered_at',
  'patient_name',
  'patient_dob',
  'patient_sex',
  'patient_phone',
  'service_codes',
  'note',
];
type Cells = Partial<Record<(typeof TITLES)[number], string>>;
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

const cellsOf = (at: number, change: Cells = {}): string[] => {
  const right: Cells = {
    external_ref: `O${round}-${at}`,
    branch: 'Q1',
    ordered_at: yesterday,
    patient_name: `Người ${at}`,
    patient_dob: '1985-06-07',
    patient_sex: 'Nữ',
    patient_phone: `09${10_000_000 + at}`,
    service_codes: 'CBC',
    note: '',
    ...change,
  };
  return TITLES.map((title) => right[title] ?? '');
};
const csv = (...rows: string[][]) => [TITLES, ...rows].map((cells) => cells.join(',')).join('\n');

async function* once(content: string | Buffer): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

async function checked(content: string | Buffer, fileName = 'don.csv', encoding?: TextEncodingName): Promise<string> {
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName, content: once(content), encoding });
  await checkUpload({ actor, id });
  return id;
}

const errorsOf = async (id: string) =>
  (await listUploadErrors({ actor, id })).errors.map(({ row, column, code }) => `${row} ${column} ${code}`);

it('one long cell does not sink an upload: its row says so, and the others are written', async () => {
  // No two signs alike, so that nothing in the database makes it short.
  const long = Array.from({ length: 30_000 }, (_, at) => String.fromCharCode(0x4e00 + ((at * 7_919) % 20_000))).join(
    '',
  );
  const columns = [
    'external_ref',
    'branch',
    'ordered_at',
    'patient_name',
    'patient_phone',
    'service_codes',
    'note',
  ] as const;
  const rows = columns.map((column, at) => cellsOf(at, { [column]: long }));
  const id = await checked(csv(cellsOf(100), ...rows, cellsOf(101)));
  expect(await errorsOf(id)).toEqual(columns.map((column, at) => `${at + 3} ${column} too_long`));
  expect(await showUpload({ id })).toMatchObject({ valid: 2, invalid: columns.length });
  await commitUpload({ actor, id, allOrNothing: false });
  for (const range of await planUploadChunks({ id })) await writeUploadChunk({ actor, id, range });
  expect(await showUpload({ id })).toMatchObject({ written: 2 });
});

it('texts of the greatest length allowed are stored, whatever they hold', async () => {
  const sign = (at: number) => String.fromCharCode(0x4e00 + ((at * 7_919 + round) % 20_000));
  const text = (length: number) => Array.from({ length }, (_, at) => sign(at)).join('');
  const id = await checked(csv(cellsOf(1, { external_ref: text(100), patient_name: text(120), note: text(500) })));
  await commitUpload({ actor, id, allOrNothing: false });
  for (const range of await planUploadChunks({ id })) await writeUploadChunk({ actor, id, range });
  expect(await showUpload({ id })).toMatchObject({ written: 1 });
});

it('ragged rows are said by row: refused where a cell was cut, taken where only empty cells are too many', async () => {
  const id = await checked(
    csv(cellsOf(1), [...cellsOf(2, { note: 'lấy mẫu' }), ' tại nhà'], cellsOf(3), [...cellsOf(4), '']),
  );
  const { errors, warnings } = await listUploadErrors({ actor, id });
  expect(errors.map(({ row, column, code }) => ({ row, column, code }))).toEqual([
    { row: 3, column: 'note', code: 'more_cells' },
  ]);
  expect(warnings).toEqual([{ row: 5, code: 'more_cells' }]);
  expect(await uploadDetail({ actor, id })).toMatchObject({ warned: 1, valid: 3, invalid: 1 });
  const page = await listSheet({ actor, id, onlyWrong: false, onlyWarned: true, limit: 10 });
  expect(page.rows.map(({ row, warning, valid }) => [row, warning, valid])).toEqual([[5, 'more_cells', true]]);
});

it('a name typed in a font from before Unicode is warned of by row', async () => {
  const id = await checked(csv(cellsOf(1), cellsOf(2, { patient_name: 'NguyÔn V¨n B×nh' })));
  expect(await listUploadErrors({ actor, id })).toEqual({ errors: [], warnings: [{ row: 3, code: 'legacy_font' }] });
});

it('an order dated before the birth is refused', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const id = await checked(
    csv(
      cellsOf(1, { ordered_at: '2020-01-01', patient_dob: '2020-01-02' }),
      cellsOf(2, { patient_dob: today, ordered_at: today }),
    ),
  );
  expect(await errorsOf(id)).toEqual(['2 patient_dob born_after_order', '2 service_codes no_price']);
});

it('a heading above the titles is passed over, and rows keep their numbers', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (number: number, cells: string[]) => `<row r="${number}">${cells.map(cell).join('')}</row>`;
  const titles = [
    'Mã tham chiếu',
    'Chi nhánh',
    'Ngày giờ',
    'Họ và tên',
    'Ngày sinh',
    'Giới tính',
    'SĐT',
    'Dịch vụ',
    'Ghi chú',
  ];
  const rows = [
    row(1, ['PHÒNG KHÁM ABC']),
    row(2, ['DANH SÁCH CHỈ ĐỊNH']),
    row(5, titles),
    row(6, cellsOf(1)),
    row(8, cellsOf(2, { patient_sex: '?' })),
  ];
  const id = await checked(zipOf(workbookParts({ sheets: [{ name: 'S', rows: rows.join('') }] })), 'don.xlsx');
  expect(await errorsOf(id)).toEqual(['8 patient_sex bad_sex']);
  expect(await showUpload({ id })).toMatchObject({ rows: 2, valid: 1, header: { row: 5, missing: [] } });
});

it('a formula without a result is an error of its cell', async () => {
  const cell = (text: string) =>
    text.startsWith('=') ? `<c><f>${text.slice(1)}</f></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (cells: string[]) => `<row>${cells.map(cell).join('')}</row>`;
  const rows =
    row(TITLES) + row(cellsOf(1, { note: '=A1' })) + row(cellsOf(2, { patient_name: '=B2', patient_dob: '#N/A' }));
  const id = await checked(zipOf(workbookParts({ sheets: [{ name: 'S', rows }] })), 'don.xlsx');
  expect(await errorsOf(id)).toEqual(['2 note no_result', '3 patient_name no_result', '3 patient_dob formula_error']);
});

describe('text of another alphabet', () => {
  const content = () =>
    iconv.encode(csv(cellsOf(1, { patient_name: 'Иванов Пётр', note: 'повторно' })), 'windows-1251');

  it('is refused with what is read, and read where its sender names it', async () => {
    await expect(checked(content())).rejects.toMatchObject({ code: 'sheet_unsupported_encoding', kind: 'invalid' });
    const id = await checked(content(), 'don.csv', 'windows-1251');
    const { rows } = await listSheet({ actor, id, onlyWrong: false, limit: 10 });
    expect(rows[0]?.cells[3]).toBe('Иванов Пётр');
  });
});

it('the export of errors reads again as the values it was made of', async () => {
  const odd = ['=1+1', ' =1', '＝1', '@x', '\t+1', "'=1", 'a"b;c', 'x\ny', ' đủ ', '-', '+84 912', "''x''"];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const id = await checked(
    [TITLES.join(','), ...odd.map((text, at) => cellsOf(at, { patient_sex: text }).map(quoted).join(','))].join('\n'),
  );
  const reported = (await listUploadErrors({ actor, id })).errors;
  const sheet = await spreadsheets().read(
    Buffer.from(await wholeText(exportUploadErrors({ actor, id, locale: 'vi' }))),
  );
  const values: (string | null | undefined)[] = [];
  for await (const rows of sheet.batches) for (const { cells } of rows) values.push(cells[2]);
  expect(values).toEqual(reported.map(({ value }) => value));
  expect(values).toHaveLength(odd.length);
});
