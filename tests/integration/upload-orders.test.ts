import { beforeAll, describe, expect, it } from 'vitest';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import type { StaffActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
import { countOf, makeFixture, makeStaff, rowsOf } from './till-fixture';

withDatabase();

const COLUMNS = [
  ...['external_ref', 'branch', 'ordered_at', 'patient_name', 'patient_dob', 'patient_sex', 'patient_phone'],
  ...['customer_code', 'doctor_code', 'service_codes', 'discount_percent', 'payment', 'note'],
] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

let actor: StaffActor;
/** Days before today, as the organisation counts them. */
let days: Map<number, string>;
const dayBefore = (n: number) => days.get(n) ?? '';

beforeAll(async () => {
  await makeFixture();
  actor = await makeStaff('upload-operator', null);
  // A customer of the highest tier, a second service without a price, prices of the standard tier, and two cards of one branch and one customer.
  await rowsOf(`
    INSERT INTO rate_card (code, scope, branch_id, tier, customer_id) VALUES ('STD', 'tier', NULL, 'standard', NULL),
      ('HN-2', 'branch', (SELECT id FROM branch WHERE code = 'HN'), NULL, NULL), ('PLAIN-1', 'customer', NULL, NULL, (SELECT id FROM customer WHERE code = 'PLAIN')),
      ('PLAIN-2', 'customer', NULL, NULL, (SELECT id FROM customer WHERE code = 'PLAIN'));
    INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, business_day(now()) - 5 FROM rate_card WHERE code IN ('STD', 'HN-2', 'PLAIN-1', 'PLAIN-2');
    INSERT INTO rate_card_item (version_id, service_id, price) SELECT v.id, s.id, CASE c.code WHEN 'STD' THEN 190000 ELSE 222222 END
      FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id JOIN service s ON s.code = CASE c.code WHEN 'STD' THEN 'CXR' ELSE 'PACK' END WHERE v.state = 'draft';
    UPDATE rate_card_version SET state = 'published', published_at = now() WHERE state = 'draft';
    INSERT INTO customer (code, name, tier) VALUES ('TOP', 'Công ty Cao', 'svip2');
    INSERT INTO service (code, name_vi, name_en, kind, category) VALUES ('ANOPRICE', 'Chưa có giá', 'No price', 'test', 'hematology')`);
  const found = await rowsOf<{ n: number; day: string }>(
    `SELECT n, (business_day(now()) - n)::text AS day FROM generate_series(0, 20) n`,
  );
  days = new Map(found.map(({ n, day }) => [n, day]));
});

const right = (ref: string): Cells => ({
  ...{
    external_ref: ref,
    branch: 'Q1',
    ordered_at: dayBefore(1),
    patient_name: 'Người Mới',
    patient_dob: '1985-06-07',
  },
  ...{ patient_sex: 'female', patient_phone: '0912000001', service_codes: 'CBC', payment: 'cash' },
});

async function checked(...rows: Cells[]): Promise<string> {
  const line = (cells: string[]) => cells.map((cell) => `"${cell}"`).join(',');
  const text = [line([...COLUMNS]), ...rows.map((row) => line(COLUMNS.map((column) => row[column] ?? '')))].join('\n');
  const content = (async function* () {
    yield Buffer.from(text);
  })();
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content });
  await checkUpload({ actor, id });
  return id;
}
const rowsFor = (prefix: string, ...changes: Cells[]) =>
  checked(...changes.map((change, at) => ({ ...right(`${prefix}${at + 1}`), ...change })));
const write = (id: string, from = 1, to = 100) => writeUploadChunk({ actor, id, range: { from, to } });
const errorsOf = (id: string) =>
  rowsOf(`SELECT "row", "column", code, params FROM upload_error WHERE upload_id = $1 ORDER BY "row", "column"`, [id]);
const figures = async (id: string) => {
  const { rows, valid, invalid, lines, netTotal, patientsNew, tier, state, written } = await showUpload({ id });
  return { rows, valid, invalid, lines, netTotal, patientsNew, tier, state, written };
};
const ordersOf = (id: string) =>
  rowsOf(
    `SELECT o.external_ref AS ref, b.code AS branch, p.full_name AS patient, c.code AS customer, d.code AS doctor, o.tier, o.source, o.terms,
       to_char(o.ordered_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') AS at, o.settled_at = o.ordered_at AS settled,
       o.currency, o.list_total::int AS list, o.discount_total::int AS discount, o.net_total::int AS net, o.note, o.created_by AS by,
       split_part(o.number, '-', 1) || split_part(o.number, '-', 3) AS number,
       (SELECT jsonb_agg(jsonb_build_array(l.position, s.code, l.list_price, trim_scale(l.discount_percent), l.discount, l.net) ORDER BY l.position)
         FROM order_line l JOIN service s ON s.id = l.service_id WHERE l.order_id = o.id) AS lines,
       (SELECT jsonb_agg(jsonb_build_array(y.method, y.amount, y.paid_at = o.ordered_at, y.taken_by = o.created_by, y.currency)) FROM payment y WHERE y.order_id = o.id) AS payments
     FROM orders o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id LEFT JOIN customer c ON c.id = o.customer_id
     LEFT JOIN doctor d ON d.id = o.doctor_id WHERE o.upload_id = $1 ORDER BY o.external_ref`,
    [id],
  );

describe('the rows of a sheet', () => {
  let id: string;
  beforeAll(async () => {
    const stored = await rowsFor('OLD', {});
    await commitUpload({ actor, id: stored, allOrNothing: false });
    await write(stored);
    const dao = { patient_name: 'NGUYEN THI  dao', patient_dob: '1990-05-12', patient_phone: '0912345678' };
    id = await rowsFor(
      'W',
      {
        ...dao,
        ordered_at: `${dayBefore(1)} 09:30`,
        doctor_code: 'D1',
        service_codes: 'GLU|CBC',
        discount_percent: '12.5',
        note: 'ghi chú',
      },
      { branch: 'HN', ordered_at: `${dayBefore(11)} 23:59`, patient_name: 'Trần Một', payment: 'card' },
      {
        customer_code: 'VIPCO',
        payment: '',
        service_codes: 'CBC|GLU',
        patient_name: 'Người Mới',
        patient_phone: '0912000002',
      },
      {
        customer_code: 'PLAIN',
        payment: 'unpaid',
        service_codes: 'CXR|PAP',
        patient_name: 'TRAN MOT',
        ordered_at: dayBefore(2),
      },
      {
        branch: 'HN',
        ordered_at: `${dayBefore(10)} 00:00`,
        payment: 'transfer',
        service_codes: 'CBC|GLU',
        patient_name: 'Trần Một',
      },
      { discount_percent: '100', patient_name: 'Người Mới', patient_dob: '1985-06-08' },
      { service_codes: 'NOPRICE|CBC|ANOPRICE', patient_name: 'Trần Bốn' },
      { patient_sex: '?', service_codes: 'NOPRICE', customer_code: 'TOP', patient_name: 'Trần Năm' },
      { external_ref: 'OLD1', patient_name: 'Trần Sáu' },
      { external_ref: 'W1', patient_name: 'Trần Bảy' },
      { branch: '??', service_codes: 'NOPRICE', patient_name: 'Trần Tám' },
      { branch: 'HN', service_codes: 'GLU', patient_name: 'Trần Một', payment: 'card' },
    );
  });

  it('are checked each by itself, against each other, against what is stored and against the prices of their day', async () => {
    expect(await errorsOf(id)).toEqual([
      { row: 8, column: 'service_codes', code: 'no_price', params: { service: 'ANOPRICE' } },
      { row: 9, column: 'patient_sex', code: 'bad_sex', params: {} },
      { row: 9, column: 'service_codes', code: 'no_price', params: { service: 'NOPRICE' } },
      { row: 10, column: 'external_ref', code: 'duplicate_ref', params: {} },
      { row: 11, column: 'external_ref', code: 'duplicate_ref', params: {} },
      { row: 12, column: 'branch', code: 'unknown_branch', params: {} },
    ]);
    // 144.666 of row 2, 119.333 of row 3, 144.999, 565.333, 156.111, 45.000, and a row that is given away.
    const net = 144_666n + 119_333n + 144_999n + 565_333n + 156_111n + 45_000n;
    expect(await figures(id)).toEqual({
      ...{
        rows: 12,
        valid: 7,
        invalid: 5,
        lines: 11,
        netTotal: net,
        patientsNew: 3,
        tier: 'vip1',
        state: 'checked',
        written: 0,
      },
    });
    expect(await countOf(`upload_row WHERE upload_id = '${id}' AND valid`)).toBe(7);
  });

  it('are written as orders, in the range that is asked for, numbered by branch and day in their order', async () => {
    await commitUpload({ actor, id, allOrNothing: false });
    const patients = await countOf('patient');
    expect(await write(id, 3, 5)).toEqual({ orders: 3 });
    expect(await countOf('patient')).toBe(patients + 2);
    expect((await ordersOf(id)).map((order) => (order as { ref: string }).ref)).toEqual(['W2', 'W3', 'W4']);
    expect(await write(id, 1, 100)).toEqual({ orders: 4 });
    expect(await countOf('patient')).toBe(patients + 3);
    const order = {
      doctor: null,
      customer: null,
      tier: 'standard',
      source: 'upload',
      terms: 'immediate',
      currency: 'VND',
      note: null,
      by: actor.id,
    };
    const [at, discount] = [`${dayBefore(1)} 00:00`, 0];
    const paid = (method: string, amount: number) => [[method, amount, true, true, 'VND']];
    expect(await ordersOf(id)).toEqual([
      {
        ...order,
        ...{
          ref: 'W1',
          branch: 'Q1',
          number: 'Q10003',
          patient: 'Nguyễn Thị Đào',
          doctor: 'D1',
          at: `${dayBefore(1)} 09:30`,
          settled: true,
        },
        ...{ list: 165_333, discount: 20_667, net: 144_666, note: 'ghi chú', payments: paid('cash', 144_666) },
        lines: [
          [1, 'GLU', 45_000, 12.5, 5_625, 39_375],
          [2, 'CBC', 120_333, 12.5, 15_042, 105_291],
        ],
      },
      {
        ...order,
        ...{ ref: 'W12', branch: 'HN', number: 'HN0001', patient: 'Trần Một', at, settled: true },
        ...{
          list: 45_000,
          discount,
          net: 45_000,
          payments: paid('card', 45_000),
          lines: [[1, 'GLU', 45_000, 0, 0, 45_000]],
        },
      },
      {
        ...order,
        ...{
          ref: 'W2',
          branch: 'HN',
          number: 'HN0001',
          patient: 'Trần Một',
          at: `${dayBefore(11)} 23:59`,
          settled: true,
        },
        ...{
          list: 119_333,
          discount,
          net: 119_333,
          payments: paid('card', 119_333),
          lines: [[1, 'CBC', 119_333, 0, 0, 119_333]],
        },
      },
      {
        ...{ ...order, customer: 'VIPCO', tier: 'vip1', terms: 'account' },
        ...{ ref: 'W3', branch: 'Q1', number: 'Q10002', patient: 'Người Mới', at, settled: true },
        ...{ list: 144_999, discount, net: 144_999, payments: null },
        lines: [
          [1, 'CBC', 99_999, 0, 0, 99_999],
          [2, 'GLU', 45_000, 0, 0, 45_000],
        ],
      },
      {
        ...{ ...order, customer: 'PLAIN' },
        ...{
          ref: 'W4',
          branch: 'Q1',
          number: 'Q10001',
          patient: 'Trần Một',
          at: `${dayBefore(2)} 00:00`,
          settled: null,
        },
        ...{ list: 565_333, discount, net: 565_333, payments: null },
        lines: [
          [1, 'CXR', 190_000, 0, 0, 190_000],
          [2, 'PAP', 375_333, 0, 0, 375_333],
        ],
      },
      {
        ...order,
        ...{
          ref: 'W5',
          branch: 'HN',
          number: 'HN0001',
          patient: 'Trần Một',
          at: `${dayBefore(10)} 00:00`,
          settled: true,
        },
        ...{ list: 156_111, discount, net: 156_111, payments: paid('transfer', 156_111) },
        lines: [
          [1, 'CBC', 111_111, 0, 0, 111_111],
          [2, 'GLU', 45_000, 0, 0, 45_000],
        ],
      },
      {
        ...order,
        ...{ ref: 'W6', branch: 'Q1', number: 'Q10004', patient: 'Người Mới', at, settled: true },
        ...{ list: 120_333, discount: 120_333, net: 0, payments: null, lines: [[1, 'CBC', 120_333, 100, 120_333, 0]] },
      },
    ]);
  });

  it('leave their outcomes, their events in the lane of the upload’s tier, and a trace of each range', async () => {
    const outcomes = await rowsOf(
      'SELECT u."row", o.external_ref AS ref FROM upload_outcome u JOIN orders o ON o.id = u.order_id WHERE u.upload_id = $1 ORDER BY 1',
      [id],
    );
    expect(outcomes).toEqual([1, 2, 3, 4, 5, 6, 12].map((n) => ({ row: n + 1, ref: `W${n}` })));
    const events = await rowsOf(
      `SELECT e.data ->> 'lane' AS lane, o.external_ref AS ref FROM outbox_event e JOIN orders o ON o.id = (e.data ->> 'orderId')::uuid
       WHERE e.name = 'order/created' AND o.upload_id = $1 ORDER BY e.id`,
      [id],
    );
    const inOrder = ['W2', 'W3', 'W4', 'W1', 'W5', 'W6', 'W12'];
    expect(events).toEqual(inOrder.map((ref) => ({ lane: 'vip1', ref })));
    const made = await rowsOf('SELECT external_ref AS ref FROM orders WHERE upload_id = $1 ORDER BY id', [id]);
    expect(made).toEqual(inOrder.map((ref) => ({ ref })));
    const effects = await rowsOf(`SELECT effect_key AS key, kind FROM effect_receipt WHERE ref = $1 ORDER BY at`, [id]);
    expect(effects).toEqual(
      ['3-5', '1-100'].map((range) => ({ key: `upload:${id}:rows:${range}`, kind: 'upload-chunk' })),
    );
    const trail = await rowsOf(
      `SELECT actor_id AS by, detail FROM audit_entry WHERE action = 'upload.chunk-written' AND entity = 'upload' AND entity_id = $1 ORDER BY at`,
      [id],
    );
    expect(trail).toEqual([
      { by: actor.id, detail: { from: 3, to: 5, orders: 3, patientsNew: 2, dropped: 0 } },
      { by: actor.id, detail: { from: 1, to: 100, orders: 4, patientsNew: 1, dropped: 0 } },
    ]);
    expect(await figures(id)).toMatchObject({ valid: 7, invalid: 5, written: 7, state: 'committing' });
    // Its own orders are no duplicates of its rows.
    const net = 144_666 + 119_333 + 144_999 + 565_333 + 156_111 + 45_000;
    const [again] = await rowsOf(
      'SELECT valid, invalid, lines, list_total::int, net_total::int, patients_new, tier FROM check_upload_rows($1)',
      [id],
    );
    expect(again).toEqual({
      ...{
        valid: 7,
        invalid: 5,
        lines: 11,
        list_total: net + 20_667 + 120_333,
        net_total: net,
        patients_new: 0,
        tier: 'vip1',
      },
    });
    expect(await write(id, 1, 100)).toEqual({ orders: 0 });
    expect(await finishUpload({ actor, id })).toEqual({ orders: 7 });
  });
});

it('a row whose reference or price is gone since its check is dropped with its reason, and the others are written', async () => {
  const id = await rowsFor(
    'G',
    {},
    { service_codes: 'CBC|GLU|CXR' },
    {},
    { service_codes: 'CXR|CBC' },
    { external_ref: 'far' },
  );
  await commitUpload({ actor, id, allOrNothing: false });
  const rival = await rowsFor('R', { external_ref: 'G1' });
  await commitUpload({ actor, id: rival, allOrNothing: false });
  await write(rival);
  await rowsPastGuards(
    `UPDATE rate_card_item i SET service_id = (SELECT id FROM service WHERE code = 'NOPRICE') FROM service s WHERE s.id = i.service_id AND s.code = 'CXR'`,
  );
  expect(await write(id, 2, 5)).toEqual({ orders: 1 });
  expect(await errorsOf(id)).toEqual([
    { row: 2, column: 'external_ref', code: 'duplicate_ref', params: {} },
    { row: 3, column: 'service_codes', code: 'no_price', params: { service: 'CXR' } },
    { row: 5, column: 'service_codes', code: 'no_price', params: { service: 'CXR' } },
  ]);
  expect(await figures(id)).toMatchObject({ rows: 5, valid: 2, invalid: 3, written: 1 });
  const valid = await rowsOf('SELECT "row" FROM upload_row WHERE upload_id = $1 AND valid ORDER BY 1', [id]);
  expect(valid).toEqual([{ row: 4 }, { row: 6 }]);
  const [trace] = await rowsOf<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE action = 'upload.chunk-written' AND entity_id = $1`,
    [id],
  );
  expect(trace?.detail).toEqual({ from: 2, to: 5, orders: 1, patientsNew: 0, dropped: 3 });
  const csv = (await exportUploadErrors({ actor, id, locale: 'en' })).split('\r\n');
  expect(csv.filter((line) => line.includes('no_price'))).toEqual([
    '3,service_codes,CBC|GLU|CXR,no_price,No rate card has a price for CXR on that day.',
    '5,service_codes,CXR|CBC,no_price,No rate card has a price for CXR on that day.',
  ]);
  expect(await write(id, 6, 6)).toEqual({ orders: 1 });
});

it('a reference that another lane writes at the same moment is one order, and the row that came later says so', async () => {
  const standard = await rowsFor('L', {}, {});
  const vip = await rowsFor(
    'L',
    { customer_code: 'VIPCO' },
    { external_ref: 'own', customer_code: 'VIPCO', payment: 'cash' },
  );
  for (const id of [standard, vip]) await commitUpload({ actor, id, allOrNothing: false });
  const held = await pool().connect();
  await held.query('BEGIN');
  await held.query('SELECT * FROM write_upload_chunk($1, 1, 9, NULL, take_upload_numbers($1, 1, 9))', [standard]);
  const waiting = write(vip);
  await expect
    .poll(() => countOf(`pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'`), {
      timeout: 10_000,
    })
    .toBe(1);
  await held.query('COMMIT');
  held.release();
  expect(await waiting).toEqual({ orders: 1 });
  expect(await errorsOf(vip)).toEqual([{ row: 2, column: 'external_ref', code: 'duplicate_ref', params: {} }]);
  expect(await figures(vip)).toMatchObject({ valid: 1, invalid: 1, written: 1, tier: 'vip1' });
  expect((await ordersOf(vip)).map((order) => (order as { ref: string; payments: unknown[] }).payments.length)).toEqual(
    [1],
  );
  expect(await finishUpload({ actor, id: vip })).toEqual({ orders: 1 });
});

it('a price in another currency than the organisation’s is none', async () => {
  await rowsPastGuards(`UPDATE rate_card SET currency = 'USD' WHERE code = 'HN-CARD'`);
  const id = await rowsFor('C', { branch: 'HN', service_codes: 'CBC' }, { branch: 'HN', service_codes: 'GLU' });
  expect(await errorsOf(id)).toEqual([
    { row: 2, column: 'service_codes', code: 'no_price', params: { service: 'CBC' } },
  ]);
  expect(await figures(id)).toMatchObject({ valid: 1, invalid: 1, netTotal: 45_000n });
});
