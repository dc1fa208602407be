import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { failUpload } from '@/server/modules/intake/uploads/public/fail-upload';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { planUploadChunks } from '@/server/modules/intake/uploads/public/plan-upload-chunks';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import type { StaffActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import { withDatabase } from './database';
import { countOf, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

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

const HEAD =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note';

/** Sheets of this fixture. Every fourth row belongs to a customer, every tenth is a known patient's. */
const lineOf = (at: number, parts: { ref?: string; phone?: string; services?: string } = {}) =>
  [
    parts.ref ?? `U${round}-${at}`,
    at % 2 ? 'Q1' : 'HN',
    new Date(Date.now() - 86_400_000 * (1 + (at % 5))).toISOString().slice(0, 10),
    at % 10 ? `Người thứ ${at % 37}` : 'NGUYEN THI  dao',
    at % 10 ? '1985-06-07' : '12/05/1990',
    'female',
    parts.phone ?? (at % 10 ? `09${String(10_000_000 + (at % 37))}` : '84912345678'),
    at % 4 ? '' : 'VIPCO',
    'D1',
    parts.services ?? (at % 3 ? 'CBC' : 'CBC|GLU|PACK'),
    at % 3 ? '' : '"12,5"',
    at % 4 ? 'cash' : '',
    '',
  ].join(',');

const sheetOf = (lines: string[]) => [HEAD, ...lines].join('\n');
const sheet = (rows: number) => sheetOf(Array.from({ length: rows }, (_, at) => lineOf(at + 1)));

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function checked(text: string): Promise<string> {
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content: bytes(text) });
  await checkUpload({ actor, id });
  return id;
}

async function committing(text: string): Promise<string> {
  const id = await checked(text);
  await commitUpload({ actor, id, allOrNothing: false });
  return id;
}

const written = (id: string) =>
  oneOf<Record<string, string>>(
    `SELECT (SELECT count(*) FROM orders WHERE upload_id = $1) AS orders,
       (SELECT count(*) FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.upload_id = $1) AS lines,
       (SELECT count(*) FROM payment p JOIN orders o ON o.id = p.order_id WHERE o.upload_id = $1) AS payments,
       (SELECT count(*) FROM upload_outcome WHERE upload_id = $1) AS outcomes,
       (SELECT count(*) FROM outbox_event e JOIN orders o ON o.id = (e.data ->> 'orderId')::uuid
         WHERE o.upload_id = $1 AND e.name = 'order/created') AS events,
       (SELECT written FROM upload WHERE id = $1) AS written`,
    [id],
  );

const all = (rows: number) => ({
  orders: String(rows),
  outcomes: String(rows),
  events: String(rows),
  written: rows,
  payments: String(rows - Math.floor(rows / 4)),
  lines: String(rows + 2 * Math.floor(rows / 3)),
});

it('finds known patients and adds the others once, whatever the spelling', async () => {
  const before = await countOf('patient');
  const id = await committing(sheet(60));
  expect((await showUpload({ id })).patientsNew).toBe(36);
  await writeUploadChunk({ actor, id, range: { from: 1, to: 61 } });
  expect((await countOf('patient')) - before).toBe(36);
  expect(await finishUpload({ actor, id })).toEqual({ orders: 60 });
});

it('writes a range once, however often it is asked for', async () => {
  const id = await committing(sheet(50));
  const range = { from: 1, to: 51 };
  expect(await writeUploadChunk({ actor, id, range })).toEqual({ orders: 50 });
  expect(await writeUploadChunk({ actor, id, range })).toEqual({ orders: 0 });
  expect(await written(id)).toEqual(all(50));
});

it('writes each row once where twenty writers come at once, with ranges that overlap', async () => {
  const id = await committing(sheet(120));
  const ranges = Array.from({ length: 20 }, (_, at) => ({ from: 1 + (at % 5) * 20, to: 60 + (at % 5) * 20 }));
  const outcomes = await Promise.all(ranges.map((range) => writeUploadChunk({ actor, id, range })));
  expect(outcomes.reduce((sum, { orders }) => sum + orders, 0)).toBe(120);
  expect(await written(id)).toEqual(all(120));
  const [numbers] = await rowsOf<{ twice: number }>(
    'SELECT count(*)::int - count(DISTINCT number)::int AS twice FROM orders',
  );
  expect(numbers?.twice).toBe(0);
});

it('goes on where it stopped', async () => {
  const id = await committing(sheet(90));
  await writeUploadChunk({ actor, id, range: { from: 1, to: 40 } });
  await expect(finishUpload({ actor, id })).rejects.toMatchObject({ code: 'internal' });
  await failUpload({ actor, id, code: 'database_unavailable' });
  expect(await showUpload({ id })).toMatchObject({ state: 'failed', written: 39 });
  expect(await writeUploadChunk({ actor, id, range: { from: 41, to: 91 } })).toEqual({ orders: 0 });
  await commitUpload({ actor, id, allOrNothing: false });
  for (const range of await planUploadChunks({ id })) await writeUploadChunk({ actor, id, range });
  await finishUpload({ actor, id });
  expect(await written(id)).toEqual(all(90));
  expect((await showUpload({ id })).state).toBe('committed');
});

it('leaves nothing of a range whose writer dies', async () => {
  const id = await committing(sheet(80));
  const client = await pool().connect();
  await client.query('BEGIN');
  await client.query('SELECT * FROM write_upload_chunk($1, 1, 81, NULL, take_upload_numbers($1, 1, 81))', [id]);
  client.release(true);
  await expect.poll(async () => (await written(id)).orders).toBe('0');
  expect(await writeUploadChunk({ actor, id, range: { from: 1, to: 81 } })).toEqual({ orders: 80 });
  expect(await written(id)).toEqual(all(80));
});

it('takes the same file again as nothing but duplicates', async () => {
  const text = sheet(30);
  const id = await committing(text);
  await writeUploadChunk({ actor, id, range: { from: 1, to: 31 } });
  await finishUpload({ actor, id });
  const again = await checked(text);
  expect(await showUpload({ id: again })).toMatchObject({ rows: 30, valid: 0, invalid: 30, lines: 0, netTotal: 0n });
  await expect(commitUpload({ actor, id: again, allOrNothing: false })).rejects.toMatchObject({
    code: 'nothing_to_commit',
  });
  expect(await written(again)).toMatchObject({ orders: '0', outcomes: '0' });
});

it('lets one of two uploads have a reference that both bring', async () => {
  const text = sheet(40);
  const [one, two] = await Promise.all([checked(text), checked(text)]);
  await Promise.all([one, two].map((id) => commitUpload({ actor, id, allOrNothing: false })));
  await Promise.all([one, two].map((id) => writeUploadChunk({ actor, id, range: { from: 1, to: 41 } })));
  await Promise.all([one, two].map((id) => finishUpload({ actor, id })));
  const [first, second] = await Promise.all([one, two].map((id) => showUpload({ id })));
  expect((first?.written ?? 0) + (second?.written ?? 0)).toBe(40);
  expect((first?.invalid ?? 0) + (second?.invalid ?? 0)).toBe(40);
  expect(await countOf(`orders WHERE external_ref LIKE 'U${round}-%'`)).toBe(40);
});

it('writes nothing at all where one row is wrong and all or nothing was asked', async () => {
  const id = await checked(sheetOf([lineOf(1), lineOf(2, { phone: 'abc' }), lineOf(3)]));
  await expect(commitUpload({ actor, id, allOrNothing: true })).rejects.toMatchObject({ code: 'upload_refused' });
  expect(await showUpload({ id })).toMatchObject({ state: 'refused', valid: 2, written: 0 });
  expect(await written(id)).toMatchObject({ orders: '0' });
});

it('writes nothing at all where a reference is taken behind the check of all or nothing', async () => {
  const [all, rival] = [sheet(20), sheetOf([lineOf(7)])];
  const id = await checked(all);
  await commitUpload({ actor, id, allOrNothing: true });
  const quick = await committing(rival);
  await writeUploadChunk({ actor, id: quick, range: { from: 1, to: 2 } });
  const [range] = await planUploadChunks({ id });
  await expect(writeUploadChunk({ actor, id, range: range ?? { from: 1, to: 21 } })).rejects.toMatchObject({
    code: 'upload_refused',
  });
  expect(await showUpload({ id })).toMatchObject({ state: 'refused', written: 0 });
  expect(await written(id)).toMatchObject({ orders: '0', outcomes: '0' });
});

it('says so when the figures have changed since the operator saw them', async () => {
  const text = sheet(10);
  const id = await checked(text);
  const { valid, netTotal } = await showUpload({ id });
  const other = await committing(sheetOf([lineOf(3)]));
  await writeUploadChunk({ actor, id: other, range: { from: 1, to: 2 } });
  await expect(commitUpload({ actor, id, allOrNothing: false, expected: { valid, netTotal } })).rejects.toMatchObject({
    code: 'upload_changed',
    params: { valid: 9 },
  });
  expect(await showUpload({ id })).toMatchObject({ state: 'checked', valid: 9, invalid: 1 });
});

it('takes the lane of the highest tier among its customers', async () => {
  expect((await showUpload({ id: await checked(sheetOf([lineOf(1)])) })).tier).toBe('standard');
  expect((await showUpload({ id: await checked(sheetOf([lineOf(1), lineOf(4)])) })).tier).toBe('vip1');
});

it('refuses what is no sheet in one sentence, and keeps nothing', async () => {
  const before = await countOf('upload');
  const receive = (fileName: string, text: string) =>
    receiveUpload({ actor, kind: 'orders', fileName, content: bytes(text) });
  await expect(receive('don.pdf', HEAD)).rejects.toMatchObject({ code: 'sheet_wrong_extension', kind: 'invalid' });
  await expect(receive('don.csv', '%PDF-1.7\n%âãÏÓ\n1 0 obj')).rejects.toMatchObject({
    code: 'sheet_not_a_spreadsheet',
  });
  await expect(receive('don.csv', '')).rejects.toMatchObject({ code: 'sheet_empty' });
  await expect(receive('don.csv', HEAD)).rejects.toMatchObject({ code: 'sheet_no_rows' });
  await expect(receive('don.csv', `${'a,'.repeat(100_000)}\n1`)).rejects.toMatchObject({
    code: 'sheet_too_many_columns',
  });
  expect(await countOf('upload')).toBe(before);
});

it('asks for the columns that a sheet lacks', async () => {
  const { id, header } = await receiveUpload({
    actor,
    kind: 'orders',
    fileName: 'don.csv',
    content: bytes('ref,branch\nX,Q1'),
  });
  expect(header.missing.map(({ name }) => name)).toContain('service_codes');
  await expect(checkUpload({ actor, id })).rejects.toMatchObject({ code: 'columns_missing' });
  expect((await showUpload({ id })).state).toBe('received');
});

it('a sheet that did not arrive whole is refused, and nothing of it is kept', async () => {
  const text = sheet(3);
  const whole = { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
  const files = () =>
    // Beside the audit trail's own, which are written behind.
    readdirSync(`${process.env.FILES_DIR}/upload`, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
  const [before, kept] = [files().length, await countOf('upload')];
  const send = (content: string) =>
    receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content: bytes(content), announced: whole });
  for (const arrived of [text.slice(0, -40), `${text}\n`, text.replace('Q1', 'Q2')]) {
    await expect(send(arrived)).rejects.toMatchObject({
      code: 'upload_incomplete',
      params: { announced: whole.bytes },
    });
  }
  expect([files().length, await countOf('upload')]).toEqual([before, kept]);
  expect(await send(text)).toMatchObject({ id: expect.any(String) });
});
