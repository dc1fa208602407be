import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { auditCommands } from '@/server/cli/audit';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { openDatabase } from '../integration/database';
import { makeFixture, makeStaff, oneOf, rowsOf } from '../integration/till-fixture';
import { pause, until } from './deadlines';
import { type Killable, portalProcesses } from './processes';
import { randomNumbers, seed, shuffled } from './random';
import { expectedOrders, ordersSheet, WRONG_ROWS } from './sheet';

/** How often each of the two is killed while the rows are written, and again while the orders are prepared. */
const KILLS_OF_EACH = 2;
/** Each kill comes this many milliseconds, at most, after work was seen under way. */
const LATEST_MS = 1_200;

const random = randomNumbers(seed);

let close: () => Promise<void>;
let engine: Killable;
let worker: Killable;
let actor: StaffActor;
beforeAll(async () => {
  const database = await openDatabase();
  ({ engine, worker } = await portalProcesses(database.url));
  close = async () => {
    await Promise.all([engine.kill(), worker.kill()]);
    await database.close();
  };
  await makeFixture();
  // Writing takes seconds instead of a blink, so that the kills fall into it.
  await rowsOf(`CREATE FUNCTION write_slowly() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END $$`);
  for (const table of ['orders', 'specimen_label', 'integration_message'])
    await rowsOf(`CREATE TRIGGER slow BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION write_slowly()`);
  actor = await makeStaff('upload-operator', null);
  await Promise.all([engine.start(), worker.start()]);
});
afterAll(() => close());

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(ordersSheet());
}
async function checkedUpload(): Promise<string> {
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content: bytes() });
  await checkUpload({ actor, id });
  return id;
}

const isTrue = async (condition: string, values: unknown[] = []) =>
  (await oneOf<{ so: boolean }>(`SELECT (${condition}) AS so`, values)).so;
const isWorking = () =>
  isTrue(`EXISTS (SELECT FROM inngest_engine.jobs WHERE state = 'leased' AND lease_until > clock_timestamp())`);
const isStill = () =>
  isTrue(`NOT EXISTS (SELECT FROM upload WHERE state = 'committing') AND NOT EXISTS (SELECT FROM outbox_event WHERE published_at IS NULL)
    AND NOT EXISTS (SELECT FROM inngest_engine.inbox) AND NOT EXISTS (SELECT FROM inngest_engine.batches)
    AND NOT EXISTS (SELECT FROM inngest_engine.runs WHERE ended_at IS NULL)`);

/** Orders of an upload that lack something which was to come with them, and whether the figures agree; one snapshot. */
const halfDone = (id: string) =>
  oneOf<{ orders: number; written: number; outcomes: number; receipts: number }>(
    `SELECT u.written, (SELECT count(*)::int FROM upload_outcome t WHERE t.upload_id = u.id) AS outcomes,
       (SELECT count(*)::int FROM orders o WHERE o.upload_id = u.id) AS receipts,
       (SELECT count(*)::int FROM orders o WHERE o.upload_id = u.id AND (
         o.net_total IS DISTINCT FROM (SELECT sum(l.net) FROM order_line l WHERE l.order_id = o.id)
         OR (o.terms = 'immediate') IS DISTINCT FROM EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND p.amount = o.net_total)
         OR NOT EXISTS (SELECT FROM upload_outcome t WHERE t.order_id = o.id)
         OR NOT EXISTS (SELECT FROM outbox_event e WHERE e.name = 'order/created' AND e.data ->> 'orderId' = o.id::text))) AS orders
     FROM upload u WHERE u.id = $1`,
    [id],
  );

/** Kills one process after the other until it is done; notes what was killed, and how far the writing was. */
async function killAtRandom(id: string, isDone: () => Promise<boolean>, moments: string[]): Promise<void> {
  const victims = shuffled(Array.from({ length: KILLS_OF_EACH }, () => [engine, worker]).flat(), random);
  for (const victim of victims) {
    await until(async () => (await isWorking()) || (await isDone()), 10_000);
    if (await isDone()) return;
    await pause(random() * LATEST_MS);
    await victim.kill();
    const { orders, written, outcomes, receipts } = await halfDone(id);
    moments.push(`${victim.name} at ${written}`);
    expect({ orders, outcomes, receipts }).toEqual({ orders: 0, outcomes: written, receipts: written });
    await victim.start();
  }
}

/** What stands in the database of an upload, order by order, in the order of their references. */
const storedOrders = (id: string) =>
  rowsOf(
    `SELECT o.external_ref AS ref, (SELECT count(*)::int FROM order_line l WHERE l.order_id = o.id) AS lines,
       (SELECT count(*)::int FROM payment p WHERE p.order_id = o.id) AS payments,
       (SELECT count(*)::int FROM specimen_label s WHERE s.order_id = o.id) AS labels,
       o.accession IS NOT NULL AS accession,
       (SELECT count(*)::int FROM outbox_event e WHERE e.name = 'order/created' AND e.data ->> 'orderId' = o.id::text) AS reported,
       (SELECT count(*)::int FROM audit_entry a WHERE a.entity_id = o.id::text AND a.action = 'order.prepared') AS prepared,
       (SELECT count(*)::int FROM audit_entry a WHERE a.entity_id = o.id::text AND a.action = 'order.sent-to-lis') AS sent,
       (SELECT count(*)::int FROM effect_receipt r WHERE r.effect_key = 'lis-order:' || o.id) AS receipts,
       (SELECT count(*)::int FROM integration_message m WHERE m.message_key = 'order-' || o.accession) AS messages
     FROM orders o WHERE o.upload_id = $1 ORDER BY o.external_ref`,
    [id],
  );

it('writes every row once, whoever is killed while it is written, and does what follows once', async () => {
  const moments: string[] = [];
  onTestFailed(() => console.error(`KILL_SEED=${seed}, killed: ${moments.join(', ')}`));
  const expected = expectedOrders();
  const id = await checkedUpload();
  await commitUpload({ actor, id, allOrNothing: false });
  const isWritten = async () => (await showUpload({ id })).state !== 'committing';
  await killAtRandom(id, isWritten, moments);
  expect(moments.length, 'kills while rows were written').toBeGreaterThan(0);
  expect(await until(isWritten, 60_000), 'the writing comes to its end').toBe(true);
  await killAtRandom(id, isStill, moments);
  // Events that a dead relay had claimed are free at once, as they would be after half a minute.
  await rowsOf('UPDATE outbox_event SET not_before = now() WHERE published_at IS NULL');
  expect(await until(isStill, 120_000), 'the work comes to its end').toBe(true);

  const valid = expected.length;
  expect(await showUpload({ id })).toMatchObject({ state: 'committed', valid, invalid: WRONG_ROWS, written: valid });
  expect(await storedOrders(id)).toEqual(expected);
  expect(await halfDone(id)).toEqual({ orders: 0, written: valid, outcomes: valid, receipts: valid });
  expect(
    await oneOf(
      `SELECT count(*)::int AS orders, count(DISTINCT number)::int AS numbers, count(DISTINCT accession)::int AS accessions,
         count(DISTINCT patient_id)::int AS people, (SELECT count(*)::int FROM patient p WHERE phone LIKE '+8491%' AND
           EXISTS (SELECT FROM orders o WHERE o.patient_id = p.id)) AS patients,
         (SELECT count(*)::int FROM effect_receipt WHERE kind = 'upload-chunk') AS chunks,
         (SELECT count(*)::int FROM audit_entry WHERE action = 'upload.finished') AS finished,
         (SELECT sum((detail ->> 'orders')::int)::int FROM audit_entry WHERE action = 'upload.chunk-written') AS audited,
         (SELECT count(*)::int FROM inngest_engine.runs WHERE status <> 'Completed') AS failed
       FROM orders`,
    ),
  ).toEqual({
    orders: valid,
    numbers: valid,
    accessions: valid,
    people: 37,
    patients: 37,
    chunks: 3,
    finished: 1,
    audited: valid,
    failed: 0,
  });
  expect(await auditCommands['audit verify']?.run({ positional: [], flags: {} }, systemActor('test'))).toMatchObject({
    intact: true,
  });
}, 300_000);

it('finds nothing but known references in the same file again', async () => {
  const id = await checkedUpload();
  const rows = expectedOrders().length;
  expect(await showUpload({ id })).toMatchObject({ valid: 0, invalid: rows + WRONG_ROWS, written: 0 });
  const codes = await rowsOf(
    `SELECT code, count(*)::int AS rows FROM upload_error WHERE upload_id = $1 AND code <> 'bad_phone' GROUP BY code`,
    [id],
  );
  expect(codes).toEqual([{ code: 'duplicate_ref', rows }]);
  await expect(commitUpload({ actor, id, allOrNothing: false })).rejects.toMatchObject({ code: 'nothing_to_commit' });
  expect(await oneOf('SELECT count(*)::int AS orders FROM orders')).toEqual({ orders: rows });
});
