import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { documentsBefore, findBroken } from '@/server/modules/core/integrity/queries';
import { findMessages } from '@/server/modules/core/notifications/queries';
import { interruptedChecks, nextChange } from '@/server/modules/intake/uploads/queries';
import { statementNotification } from '@/server/modules/referral/statement-access/queries';
import { orderNotifications } from '@/server/modules/sales/orders/queries/after-sale';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { pool } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
import { actor, makeDoctor } from './gate-fixture';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();
let cashier: Awaited<ReturnType<typeof makeCashier>>['actor'];
beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
});

it('orderNotifications knows whom an order is reported to and what came in, and no order that there is not', async () => {
  const sold = await createPaidOrder({ actor: cashier, cart: await cartOf({}) });
  const { phone } = await oneOf<{ phone: string }>(
    'SELECT p.phone FROM orders o JOIN patient p ON p.id = o.patient_id WHERE o.id = $1',
    [sold.orderId],
  );
  const known = await orderNotifications([sold.orderId, randomUUID()]);
  expect([...known.values()]).toMatchObject([
    { orderId: sold.orderId, number: sold.number, phone, paid: sold.netTotal, onAccount: false, currency: 'VND' },
  ]);
  expect((await orderNotifications([])).size).toBe(0);
});

it('statementNotification knows the doctor of a link in force, and nobody behind one that was revoked', async () => {
  const doctor = await makeDoctor();
  expect(await statementNotification(doctor.linkId)).toMatchObject({ linkId: doctor.linkId, phone: doctor.phone });
  await rowsPastGuards('UPDATE statement_link SET revoked_at = now() WHERE id = $1', [doctor.linkId]);
  expect(await statementNotification(doctor.linkId)).toBeNull();
});

it('findMessages says of a message whether it was sent, and for how long somebody still has it', async () => {
  await rowsOf(`
    INSERT INTO message (dedupe_key, template, language, channel, recipient, params, state, claimed_until) VALUES
      ('free', 'order-paid', 'vi', 'sms', '+84901234567', '{}', 'queued', NULL),
      ('claimed', 'order-paid', 'vi', 'sms', '+84901234567', '{}', 'queued', now() + interval '40 seconds')`);
  const found = await findMessages(['free', 'claimed', 'nothing']);
  expect([...found.keys()].sort()).toEqual(['claimed', 'free']);
  expect(found.get('free')).toMatchObject({ state: 'queued', claimSeconds: 0 });
  expect(found.get('claimed')?.claimSeconds).toBeGreaterThan(30);
});

it('documentsBefore pages from the newest, and findBroken finds nothing where all is well', async () => {
  const ids: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    const bytes = Buffer.from(text);
    ids.push(
      (await storeDocument({ actor, kind: 'receipt', ownerId: randomUUID(), language: 'vi', bytes })).documentId,
    );
  }
  const first = await documentsBefore(null, { hours: null, limit: 2 });
  expect(first.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  expect(first[0]?.sha256).toBe(createHash('sha256').update('three').digest('hex'));
  expect((await documentsBefore(ids[1] ?? null, { hours: null, limit: 2 })).map(({ id }) => id)).toEqual([ids[0]]);
  expect(await findBroken('sums-differ', { hours: null, limit: 10, withinMs: 5_000 })).toEqual([]);
});

it('interruptedChecks finds a check whose process died, and none that is being made; nextChange waits for a change', async () => {
  const { id } = await oneOf<{ id: string }>(`
    INSERT INTO upload (kind, file_name, storage_key, bytes, sha256, state, state_at)
    VALUES ('orders', 'a.csv', 'a', 1, repeat('0', 64), 'checking', now() - interval '1 minute') RETURNING id`);
  const checker = await pool().connect();
  await checker.query('SELECT pg_advisory_lock(hashtextextended($1, 1000))', [id]);
  expect(await interruptedChecks()).toEqual([]);
  await checker.query('SELECT pg_advisory_unlock(hashtextextended($1, 1000))', [id]);
  checker.release();
  expect(await interruptedChecks()).toEqual([id]);
  const gone = new AbortController();
  const waiting = nextChange(id, gone.signal);
  gone.abort();
  await waiting;
});
