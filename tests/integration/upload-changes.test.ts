import { beforeAll, expect, it } from 'vitest';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { pool } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
import { wholeText } from './gathered';
import { countOf, rowsOf } from './till-fixture';
import { actor, errorsOf, figures, makeRowsFixture, ordersOf, rowsFor, write } from './upload-rows-fixture';

withDatabase();
beforeAll(makeRowsFixture);

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
  const csv = (await wholeText(exportUploadErrors({ actor, id, locale: 'en' }))).split('\r\n');
  expect(csv.filter((line) => line.includes('no_price'))).toEqual([
    '3,service_codes,CBC|GLU|CXR,no_price,No rate card has a price for CXR on that day.',
    '5,service_codes,CXR|CBC,no_price,No rate card has a price for CXR on that day.',
  ]);
  expect(await write(id, 6, 6)).toEqual({ orders: 1 });
});

/** Changes a price, as a version does that is published meanwhile. */
const reprice = (card: string, service: string, price: number) =>
  rowsPastGuards(
    `UPDATE rate_card_item i SET price = ${price} FROM service s, rate_card_version v, rate_card c
     WHERE s.id = i.service_id AND v.id = i.version_id AND c.id = v.rate_card_id AND s.code = '${service}' AND c.code = '${card}'`,
  );

it('what was confirmed is what is written: a row whose price has changed since is left out and says so', async () => {
  const id = await rowsFor('P', { service_codes: 'CBC|GLU' }, { service_codes: 'GLU' }, { service_codes: 'CBC' });
  const { valid, netTotal } = await figures(id);
  await commitUpload({ actor, id, allOrNothing: false, expected: { valid, netTotal } });

  await reprice('BASE', 'GLU', 46_000);
  expect(await write(id)).toEqual({ orders: 1 });
  expect(await errorsOf(id)).toEqual([
    { row: 2, column: 'service_codes', code: 'price_changed', params: {} },
    { row: 3, column: 'service_codes', code: 'price_changed', params: {} },
  ]);
  expect(await finishUpload({ actor, id })).toEqual({ orders: 1 });
  expect(await figures(id)).toMatchObject({ valid: 1, invalid: 2, netTotal: 120_333n });
  // Another check shows the new price, and that can be confirmed.
  const again = await rowsFor('P', { service_codes: 'CBC|GLU' }, { service_codes: 'GLU' }, { external_ref: 'P3' });
  expect(await figures(again)).toMatchObject({ valid: 2, invalid: 1 });
  await commitUpload({ actor, id: again, allOrNothing: false });
  expect(await write(again)).toEqual({ orders: 2 });
});

it('nothing of an upload that is all or nothing is written where a price has changed since it was confirmed', async () => {
  const id = await rowsFor('N', { service_codes: 'CBC' }, { service_codes: 'GLU' });
  await commitUpload({ actor, id, allOrNothing: true });
  await reprice('BASE', 'GLU', 47_000);
  await expect(write(id)).rejects.toMatchObject({ code: 'upload_refused' });
  expect(await ordersOf(id)).toEqual([]);
  expect(await figures(id)).toMatchObject({ state: 'refused', written: 0 });
  await reprice('BASE', 'GLU', 45_000);
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
