import { beforeAll, describe, expect, it } from 'vitest';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { withDatabase } from './database';
import { countOf, rowsOf } from './till-fixture';
import { actor, dayBefore, errorsOf, figures, makeRowsFixture, ordersOf, rowsFor, write } from './upload-rows-fixture';

withDatabase();
beforeAll(makeRowsFixture);

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
