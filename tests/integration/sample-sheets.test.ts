import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CFB } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCommands } from '@/server/cli/load';
import { sentence } from '@/server/cli/sentence';
import { uploadCommands } from '@/server/cli/upload';
import { asPortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { withDatabase } from './database';
import { readCsv } from './sample/sheets';
import {
  actor,
  answers,
  businessContent,
  cellsOf,
  type PrintedUpload,
  printed,
  rowsOf,
  SAMPLE,
} from './sample-fixture';

withDatabase();

const folder = mkdtempSync(path.join(tmpdir(), 'portal-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The master data alone: a folder need not hold every file. */
beforeAll(async () => {
  const masters = path.join(folder, 'masters');
  cpSync(SAMPLE, masters, { recursive: true, filter: (from) => !/\.(ts|json|xlsx)$|orders\.csv$/.test(from) });
  await organisation();
  const loaded = await loadCommands.load?.run({ positional: [masters], flags: {} }, actor);
  expect(Object.keys(loaded ?? {})).not.toContain('orders');
});

const upload = async (file: string, ...flags: string[]) =>
  printed<PrintedUpload>(
    await uploadCommands['upload orders']?.run(
      { positional: [file], flags: Object.fromEntries(flags.map((flag) => [flag, true])) },
      actor,
    ),
  );

const counts = async () => {
  const [found] = await rowsOf(
    `SELECT (SELECT count(*)::int FROM upload) AS uploads, (SELECT count(*)::int FROM audit_entry) AS entries,
       (SELECT count(*)::int FROM outbox_event) AS events`,
  );
  const files = readdirSync(process.env.FILES_DIR ?? '', { recursive: true, encoding: 'utf8' });
  return { ...found, files: files.filter((file) => !file.startsWith('audit')).sort() };
};

it('checks the workbook as the sheet of text, by the rows that it shows, and writes nothing in a dry run', async () => {
  const before = await businessContent();
  const expected = answers('expected-xlsx.json');
  const dry = await upload(path.join(SAMPLE, 'orders.xlsx'), 'dry-run');
  expect(cellsOf(dry.errors)).toEqual(cellsOf(expected.errors));
  expect(dry).toMatchObject({
    rows: expected.rows,
    valid: expected.valid,
    invalid: expected.invalid,
    lines: expected.lines,
    netTotal: expected.net_total,
    currency: 'VND',
    patientsNew: expected.patients,
  });
  expect(await businessContent()).toEqual(before);
});

/** The orders as another program saves them: columns from the last to the first, titles in their own way, one column more. */
function savedElsewhere(separator: string): string {
  const rows = readCsv(path.join(SAMPLE, 'orders.csv'));
  const columns = Object.keys(rows[0]?.cells ?? {}).reverse();
  const line = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator);
  const titles = columns.map((column) => ` ${column.toUpperCase()} `);
  const body = rows.map(({ number, cells }) => line([...columns.map((column) => cells[column] ?? ''), `${number}`]));
  return [line([...titles, 'Người nhập']), ...body].join('\r\n');
}

it.each([
  ['utf-8 with a mark and semicolons', Buffer.from(`\ufeff${savedElsewhere(';')}`)],
  ['utf-16 with tabs', Buffer.from(`\ufeff${savedElsewhere('\t')}`, 'utf16le')],
])('reads the same from %s', async (_, content) => {
  const file = path.join(folder, 'elsewhere.csv');
  writeFileSync(file, content);
  const expected = answers('expected.json');
  const dry = await upload(file, 'dry-run');
  expect(cellsOf(dry.errors)).toEqual(cellsOf(expected.errors));
  expect(dry).toMatchObject({ valid: expected.valid, netTotal: expected.net_total, patientsNew: expected.patients });
});

it('writes nothing where all or nothing was asked and a row is wrong', async () => {
  const before = await businessContent();
  await expect(upload(path.join(SAMPLE, 'orders.csv'), 'all-or-nothing')).rejects.toMatchObject({
    code: 'upload_refused',
    params: { invalid: 32, rows: 79 },
  });
  expect(await businessContent()).toEqual(before);
});

/** A workbook with a password is a compound file that holds the real one as a stream. */
function encryptedWorkbook(): Uint8Array {
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, 'EncryptionInfo', Buffer.alloc(256, 1));
  CFB.utils.cfb_add(file, 'EncryptedPackage', Buffer.alloc(8192, 7));
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Uint8Array);
}

const workbook = readFileSync(path.join(SAMPLE, 'orders.xlsx'));
const [header = ''] = readFileSync(path.join(SAMPLE, 'orders.csv'), 'utf8').split('\n');
const damaged = Buffer.from(workbook);
damaged.fill(0xa5, damaged.length >> 2, damaged.length >> 1);

it.each([
  ['cut-off.xlsx', workbook.subarray(0, workbook.length >> 1), 'sheet_corrupt'],
  ['damaged.xlsx', damaged, 'sheet_corrupt'],
  ['secret.xlsx', encryptedWorkbook(), 'sheet_encrypted'],
  ['empty.csv', Buffer.alloc(0), 'sheet_empty'],
  ['empty.xlsx', Buffer.alloc(0), 'sheet_empty'],
  ['header.csv', Buffer.from(`${header}\n`), 'sheet_no_rows'],
  ['photo.csv', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'sheet_not_a_spreadsheet'],
])('refuses %s in words and writes nothing', async (name, content, code) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const before = [await businessContent(), await counts()];
  const refused = asPortalError(await upload(file).catch((error: unknown) => error));
  expect(refused).toMatchObject({ kind: 'invalid', code });
  expect(await sentence(refused)).toMatch(/^\p{Lu}.{10,}\.$/su);
  expect([await businessContent(), await counts()]).toEqual(before);
});

it('writes the right rows of the workbook, and then finds every one of them again in the sheet of text', async () => {
  const expected = answers('expected-xlsx.json');
  await upload(path.join(SAMPLE, 'orders.xlsx'));
  const [stored] = await rowsOf(
    `SELECT count(*)::int AS orders, sum(net_total)::int AS net, (SELECT count(*)::int FROM patient) AS patients FROM orders`,
  );
  expect(stored).toEqual({ orders: expected.valid, net: expected.net_total, patients: expected.patients });
  const before = await businessContent();
  expect(await upload(path.join(SAMPLE, 'orders.csv'))).toMatchObject({ valid: 0, invalid: expected.rows });
  expect(await businessContent()).toEqual(before);
});
