import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { notificationRequested } from '@/inngest/events/core/notifications';
import { program } from '@/scripts/lib/testing/programs.mjs';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { openDatabase } from '../integration/database';
import { type DoctorAtGate, makeDoctor, visitor } from '../integration/gate-fixture';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, patientNamed, rowsOf } from '../integration/till-fixture';
import { pause, until } from './deadlines';
import { startGateway } from './gateway';
import { type Killable, killable, portalProcesses } from './processes';

/** A claim holds for a minute; then the work is somebody else's. */
const DEADLINE_MS = 120_000;

let url: string;
let close: () => Promise<void>;
let engine: Killable;
let worker: Killable;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let cashier: StaffActor;
let operator: StaffActor;
let finance: StaffActor;
let referrer: string;
beforeAll(async () => {
  const database = await openDatabase();
  url = database.url;
  gateway = await startGateway();
  ({ engine, worker } = await portalProcesses(url, { SMS_URL: gateway.url }));
  close = async () => {
    await Promise.all([engine.kill(), worker.kill(), gateway.close()]);
    await database.close();
  };
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  operator = await makeStaff('upload-operator', null);
  finance = await makeStaff('finance', null);
  await rowsOf(`WITH plan AS (INSERT INTO commission_plan (code) VALUES ('P') RETURNING id),
    rule AS (INSERT INTO commission_rule (plan_id, valid_from, category, kind, value) SELECT id, '2020-01-01', '*', 'percent', 10 FROM plan)
    UPDATE doctor SET plan_id = plan.id FROM plan`);
  referrer = (await oneOf<{ id: string }>(`SELECT id FROM doctor WHERE code = 'D1'`)).id;
  await Promise.all([engine.start(), worker.start()]);
});
afterAll(() => close());

const sayAll = () => console.error(engine.said(), worker.said());

const sell = async (patient = 'dao') =>
  createPaidOrder({
    actor: cashier,
    cart: await cartOf({ patientId: await patientNamed(patient), doctorId: referrer }),
  });

const numberOf = async (name: string) =>
  (await oneOf<{ phone: string }>(`SELECT phone FROM patient WHERE id = $1`, [await patientNamed(name)])).phone;

async function askForCode(doctor: DoctorAtGate): Promise<void> {
  await requestCode({ token: doctor.token, browser: null, visitor: visitor({ method: 'POST' }), channel: 'sms' });
}

const announce = ({ linkId }: DoctorAtGate) =>
  inTransaction((tx) =>
    publish(tx, notificationRequested, {
      template: 'statement-published',
      dedupeKey: `statement-published:${linkId}`,
      linkId,
    }),
  );

const HEAD = 'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,service_codes,payment';

async function* sheetOf(reference: string): AsyncGenerator<Uint8Array> {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  yield Buffer.from(`${HEAD}\n${reference},Q1,${day},Người Một,1985-06-07,female,0912000001,CBC,cash\n`);
}

async function receivedSheet(reference: string): Promise<string> {
  const content = sheetOf(reference);
  return (await receiveUpload({ actor: operator, kind: 'orders', fileName: 'c.csv', content })).id;
}

/** Does work while tables take no rows from others; `waiting` of the portal's sessions then stand before them. */
async function whileLocked(tables: string[], waiting: number, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${tables.join(', ')} IN SHARE MODE`);
    await work();
    const stuck = async () => {
      const { rows } = await client.query<{ tables: number }>(
        `SELECT count(DISTINCT relation)::int AS tables FROM pg_locks WHERE NOT granted AND relation = ANY ($1::regclass[])`,
        [tables],
      );
      return (rows[0]?.tables ?? 0) >= waiting;
    };
    expect(await until(stuck, 60_000), `work stands before ${tables.join(', ')}`).toBe(true);
    await worker.kill();
  } finally {
    await client.end();
  }
  await worker.start();
}

it('sends every message and code that a process had claimed when it died', async () => {
  onTestFailed(sayAll);
  const [noticed, asking] = [await makeDoctor({ email: null }), await makeDoctor({ email: null })];
  const [one, other] = [await numberOf('dao'), await numberOf('nam')];
  const people = [one, other, noticed.phone ?? '', asking.phone ?? ''];
  for (const to of people) gateway.behave(to, 'silent');
  gateway.behave(other, 'sent-silent');
  await Promise.all([sell('dao'), sell('nam'), announce(noticed), askForCode(asking)]);
  expect(await until(async () => people.every(gateway.hasCome), 60_000), 'all four are on their way').toBe(true);
  await worker.kill();
  const { claimed } = await oneOf<{ claimed: number }>(
    `SELECT (SELECT count(*) FROM message WHERE claimed_until > now())::int
       + (SELECT count(*) FROM otp_challenge WHERE claimed_until > now())::int AS claimed`,
  );
  expect(claimed, 'claims without an owner').toBeGreaterThan(0);
  for (const to of people) gateway.behave(to, 'pass');
  await worker.start();
  const isDone = async () =>
    (
      await oneOf<{ so: boolean }>(
        `SELECT (SELECT count(*) FROM message WHERE state = 'sent') = 3
           AND NOT EXISTS (SELECT FROM otp_challenge WHERE sent_at IS NULL) AS so`,
      )
    ).so;
  expect(await until(isDone, DEADLINE_MS), 'nothing stays claimed').toBe(true);
  const left = await rowsOf(`SELECT FROM message WHERE state <> 'sent' OR claimed_until IS NOT NULL OR attempts < 2`);
  expect(left).toEqual([]);
  // At least once: what was sent before the death is asked for again under its own key, which a gateway sends once.
  expect(people.map((to) => gateway.sentTo(to).length)).toEqual([1, 1, 1, 1]);
  expect(gateway.sentTo(other)[0]?.asked).toBeGreaterThan(1);
}, 240_000);

it('finishes books, labels, drafts and rows of sheets that were begun by a process that died', async () => {
  onTestFailed(sayAll);
  const id = await receivedSheet('C-1');
  await checkUpload({ actor: operator, id });
  const month = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);
  await whileLocked(['revenue_posting', 'specimen_label', 'statement_line', 'upload_outcome'], 4, async () => {
    await commitUpload({ actor: operator, id, allOrNothing: false });
    await sell();
    await requestStatementRun({ actor: finance, month });
  });
  const left = () =>
    oneOf(
      `SELECT (SELECT count(*)::int FROM upload WHERE state <> 'committed') AS uploads,
         (SELECT count(*)::int FROM orders WHERE accession IS NULL) AS unprepared,
         (SELECT count(*)::int FROM orders o WHERE source = 'pos' AND NOT EXISTS (SELECT FROM revenue_posting p WHERE p.order_id = o.id)) AS unbooked,
         (SELECT count(*)::int FROM statement_run WHERE state <> 'done') AS runs`,
    );
  const nothing = { uploads: 0, unprepared: 0, unbooked: 0, runs: 0 };
  expect(await until(async () => JSON.stringify(await left()) === JSON.stringify(nothing), DEADLINE_MS)).toBe(true);
  expect(
    await oneOf(
      `SELECT (SELECT count(*)::int FROM orders WHERE external_ref = 'C-1') AS orders,
         (SELECT count(*)::int FROM (SELECT FROM revenue_posting GROUP BY order_id, account HAVING count(*) > 1) t) AS twice,
         (SELECT count(*)::int FROM statement s JOIN statement_period p ON p.id = s.period_id WHERE p.month = $1) AS drafts`,
      [month],
    ),
  ).toEqual({ orders: 1, twice: 0, drafts: 1 });

  await whileLocked(['integration_message', 'document'], 2, async () => {
    await sell();
    await approveStatements({ actor: finance, month, beforeEnd: true });
  });
  const followed = async () =>
    (
      await oneOf<{ so: boolean }>(
        `SELECT (SELECT count(*) FROM document WHERE kind = 'statement') = 2
           AND (SELECT count(*) FROM integration_message) = (SELECT count(*) FROM orders)
           AND NOT EXISTS (SELECT FROM orders o WHERE NOT EXISTS (SELECT FROM effect_receipt r WHERE r.effect_key = 'lis-order:' || o.id)) AS so`,
      )
    ).so;
  expect(await until(followed, DEADLINE_MS), 'laboratory and documents').toBe(true);
}, 300_000);

it('goes on with the check of a sheet whose process died', async () => {
  onTestFailed(sayAll);
  const id = await receivedSheet('C-2');
  const files = process.env.FILES_DIR ?? '';
  const checker = killable('checker', program('faults-checker'), { UPLOAD_ID: id, FILES_DIR: files });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(77); RETURN NEW; END $$`);
  await client.query('CREATE TRIGGER stop BEFORE INSERT ON upload_row FOR EACH ROW EXECUTE FUNCTION stop_here()');
  await client.query('SELECT pg_advisory_lock(77)');
  await checker.start();
  const state = async () => (await oneOf<{ state: string }>('SELECT state FROM upload WHERE id = $1', [id])).state;
  expect(await until(async () => (await state()) === 'checking', 30_000)).toBe(true);
  await pause(200);
  await checker.kill();
  await client.end();
  expect(await until(async () => (await state()) === 'checked', DEADLINE_MS), 'the check goes on').toBe(true);
}, 240_000);
