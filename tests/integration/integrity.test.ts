import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doctorCommands } from '@/server/cli/doctor';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { INVARIANTS, type Invariant } from '@/server/modules/core/integrity/schema';
import { diagnoseIntegrity } from '@/server/modules/core/integrity/use-cases/diagnose-integrity';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { prepareOrders } from '@/server/modules/sales/orders/public/prepare-orders';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { systemActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import { openDatabase } from './database';
import { makeDoctor } from './gate-fixture';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

const actor = systemActor('test');
let database: Awaited<ReturnType<typeof openDatabase>>;
let orderId: string;
beforeAll(async () => {
  database = await openDatabase();
  await makeFixture();
  const { actor: cashier } = await makeCashier('T1');
  ({ orderId } = await createPaidOrder({ actor: cashier, cart: await cartOf() }));
  await prepareOrders({ actor, orderIds: [orderId] });
  await postOrderRevenue({ actor, orderIds: [orderId] });
  await rowsOf('UPDATE outbox_event SET published_at = now()');
});
afterAll(() => database.close());

/** Does to the rows what no trigger and no constraint would let happen, and takes it back. */
async function broken(statements: string[], work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    await work();
  } finally {
    await client.end();
  }
}

const found = async () => (await diagnoseIntegrity({ hours: 24 })).findings.map(({ invariant }) => invariant);

const RUN = `INSERT INTO background_run (run_id, function_id, event_name, event_ids, subject_kind, subject_ids, state, state_at, attempts,
  started_at, last_seen_at, ended_at, replay_of)`;

/** What breaks each invariant; `{order}` is a sound sale. */
const BREAKS: Partial<Record<Invariant, string[]>> = {
  'messages-abandoned': [
    `INSERT INTO message (dedupe_key, template, language, channel, recipient, claimed_until)
     VALUES ('a', 'order-paid', 'vi', 'sms', '+84912345678', now() - interval '1 hour')`,
  ],
  'messages-waiting': [
    `INSERT INTO message (dedupe_key, template, language, channel, recipient, created_at)
     VALUES ('b', 'order-paid', 'vi', 'sms', '+84912345678', now() - interval '1 day')`,
  ],
  'codes-abandoned': [
    `INSERT INTO otp_challenge (link_id, channel, browser_hash, address_hash, expires_at, claimed_until)
     SELECT id, 'sms', '', '', now(), now() - interval '10 minutes' FROM statement_link`,
  ],
  'checks-abandoned': [
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state, state_at)
     VALUES ('orders', 'a.csv', 'upload/a.csv', '', 1, 'checking', now() - interval '1 hour')`,
  ],
  'uploads-abandoned': [
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state, state_at)
     VALUES ('orders', 'b.csv', 'upload/b.csv', '', 1, 'committing', now() - interval '1 hour')`,
  ],
  'months-abandoned': [
    `WITH p AS (INSERT INTO statement_period (month, starts_at, ends_at) VALUES ('2025-01', now(), now()) RETURNING id)
     INSERT INTO statement_run (period_id, state, requested_at) SELECT id, 'running', now() - interval '1 hour' FROM p`,
  ],
  'events-waiting': [
    `INSERT INTO outbox_event (name, data, created_at) VALUES ('order/created', '{}', now() - interval '10 minutes')`,
  ],
  'events-refused': [
    `INSERT INTO outbox_event (name, data, not_before) VALUES ('order/created', '{}', now() + interval '1 day')`,
  ],
  'runs-silent': [
    `${RUN} VALUES ('silent', 'order', 'order/created', '{}', 'order', '{}', 'running', now(), 1, now() - interval '2 hours',
       now() - interval '2 hours', NULL, '{}')`,
  ],
  'effects-missing': [
    `INSERT INTO outbox_event (id, name, data, published_at) VALUES ('00000000-0000-7000-8000-000000000009', 'order/created',
       '{"orderId":"{order}"}', now())`,
    `${RUN} VALUES ('done', 'order', 'order/created', '{00000000-0000-7000-8000-000000000009}', 'order', '{{order}}', 'completed', now(), 1,
       now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour', '{}')`,
  ],
  'orders-unprepared': [
    `UPDATE orders SET accession = NULL, created_at = now() - interval '2 hours' WHERE id = '{order}'`,
  ],
  'orders-unbooked': [
    `UPDATE orders SET settled_at = now() - interval '2 hours' WHERE id = '{order}'`,
    `DELETE FROM effect_receipt WHERE effect_key = 'revenue-order:{order}'`,
  ],
  'notices-missing': [`UPDATE statement SET published_at = now() - interval '2 hours'`],
  'sums-differ': [`UPDATE order_line SET list_price = list_price + 1, net = net + 1`],
  'lines-twice': [
    `INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
     SELECT order_id, position + 50, service_id, rate_card_item_id, 0, 0, 0, 0 FROM order_line`,
  ],
  'payments-differ': [`UPDATE payment SET amount = amount - 1`],
  'drawer-unbalanced': [`DELETE FROM drawer_entry WHERE account = 'drawer' AND kind = 'sale'`],
  'books-unbalanced': [`UPDATE revenue_posting SET amount = amount + 1 WHERE account = 'cash'`],
  'numbers-twice': [
    'DROP INDEX orders_number_key',
    `INSERT INTO orders (number, branch_id, patient_id, source, terms, ordered_at, list_total, discount_total, net_total)
     SELECT number, branch_id, patient_id, source, terms, ordered_at, list_total, discount_total, net_total FROM orders`,
  ],
  'rows-differ': [
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state, rows, valid, written)
     VALUES ('orders', 'c.csv', 'upload/c.csv', '', 1, 'committed', 1, 1, 1)`,
  ],
  'statements-twice': [
    'DROP INDEX statement_one_in_force',
    `INSERT INTO statement (period_id, doctor_id, state, content_hash, published_at, version)
     SELECT period_id, doctor_id, state, content_hash, published_at, version + 1 FROM statement`,
  ],
  'audit-unsealed': [`UPDATE audit_entry SET at = now() - interval '1 hour'`],
};

it('finds nothing where all is sound', async () => {
  await makeDoctor();
  expect(await diagnoseIntegrity({ hours: 24 })).toMatchObject({ ok: true, findings: [], unchecked: [] });
  expect(await diagnoseIntegrity({ hours: null })).toMatchObject({ ok: true, findings: [], unchecked: [] });
});

it.each(Object.entries(BREAKS))('finds %s', async (invariant, statements) => {
  // Everything is put back by a copy of the tables that it touches.
  const tables = [
    'message',
    'otp_challenge',
    'upload',
    'statement_run',
    'outbox_event',
    'background_run',
    'orders',
    'effect_receipt',
  ].concat(['statement', 'order_line', 'payment', 'drawer_entry', 'revenue_posting', 'audit_entry']);
  await broken(
    tables.map((table) => `CREATE TABLE kept_${table} AS TABLE ${table}`),
    async () => {},
  );
  await broken(
    statements.map((statement) => statement.replaceAll('{order}', orderId)),
    async () => {
      expect(await found()).toContain(invariant);
    },
  );
  const own = `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
    WHERE table_name = $1 AND is_generated = 'NEVER'`;
  for (const table of tables) {
    const { names } = await oneOf<{ names: string }>(own, [table]);
    await broken(
      [
        `DELETE FROM ${table}`,
        `INSERT INTO ${table} (${names}) SELECT ${names} FROM kept_${table}`,
        `DROP TABLE kept_${table}`,
      ],
      async () => {},
    );
  }
  expect(await found()).toEqual([]);
});

it('finds files that are gone, and files that are others', async () => {
  const kept = await storeDocument({
    actor,
    kind: 'receipt',
    ownerId: orderId,
    language: 'vi',
    bytes: Buffer.from('a'),
  });
  const { key } = await oneOf<{ key: string }>('SELECT storage_key AS key FROM document WHERE id = $1', [
    kept.documentId,
  ]);
  const file = path.join(process.env.FILES_DIR ?? '', key);
  expect(await found()).toEqual([]);
  await writeFile(file, 'b');
  expect(await found()).toEqual(['files-differ']);
  await rm(file);
  expect(await found()).toEqual(['files-missing']);
  const command = doctorCommands.doctor;
  const answer = await command?.run({ positional: [], flags: { hours: '1' } }, actor);
  expect(answer).toMatchObject({
    ok: false,
    hours: 1,
    findings: [{ invariant: 'files-missing', examples: [kept.documentId] }],
  });
  expect(command?.hasFailed?.(answer)).toBe(true);
});

it('has each invariant broken by a test', () => {
  expect([...Object.keys(BREAKS), 'files-missing', 'files-differ'].sort()).toEqual([...INVARIANTS].sort());
});

it('an order that bare SQL settled without lines or payments is named', async () => {
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO orders (number, branch_id, patient_id, source, terms, ordered_at, settled_at, list_total, discount_total, net_total)
     SELECT 'BARE-1', branch_id, patient_id, 'pos', 'immediate', now(), now(), 5000, 0, 5000 FROM orders WHERE id = $1 RETURNING id`,
    [orderId],
  );
  const { findings } = await diagnoseIntegrity({ hours: 24 });
  for (const invariant of ['sums-differ', 'payments-differ'])
    expect(findings.find((one) => one.invariant === invariant)?.examples).toContain(rows[0]?.id);
});
