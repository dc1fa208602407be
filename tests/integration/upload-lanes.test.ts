import type pg from 'pg';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf } from './till-fixture';

withDatabase();

const ROWS = 20;
const RANGE = { from: 1, to: ROWS + 1 };
const HEAD =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,service_codes,payment';

let operator: StaffActor;
let cashier: StaffActor;
let sheets = 0;
let held: pg.PoolClient | undefined;
beforeAll(async () => {
  await makeFixture();
  operator = await makeStaff('upload-operator', null);
  cashier = (await makeCashier('T1')).actor;
});
afterEach(() => {
  held?.release(true);
  held = undefined;
});

/** A committed upload of this business day, of patients of its own. */
async function committed(customer: 'PLAIN' | 'VIPCO'): Promise<string> {
  sheets += 1;
  const { day } = await oneOf<{ day: string }>(`SELECT business_day(now())::text AS day`);
  const lines = Array.from({ length: ROWS }, (_, at) =>
    [
      `L${sheets}-${at}`,
      at % 2 ? 'Q1' : 'HN',
      day,
      'Người Trong Làn',
      '1985-06-07',
      'female',
      `09${10_000_000 + sheets * ROWS + at}`,
      customer,
      'CBC',
      'account',
    ].join(','),
  );
  const content = (async function* () {
    yield Buffer.from([HEAD, ...lines].join('\n'));
  })();
  const { id } = await receiveUpload({ actor: operator, kind: 'orders', fileName: 'lan.csv', content });
  await checkUpload({ actor: operator, id });
  await commitUpload({ actor: operator, id, allOrNothing: false });
  return id;
}

const write = (id: string) => writeUploadChunk({ actor: operator, id, range: RANGE });

/** Writes a chunk as far as the end of its transaction. */
async function writeHalf(id: string): Promise<pg.PoolClient> {
  const { numbers } = await oneOf<{ numbers: string }>('SELECT take_upload_numbers($1, $2, $3)::text AS numbers', [
    id,
    RANGE.from,
    RANGE.to,
  ]);
  held = await pool().connect();
  await held.query('BEGIN');
  await held.query('SELECT * FROM write_upload_chunk($1, $2, $3, NULL, $4)', [id, RANGE.from, RANGE.to, numbers]);
  return held;
}

/** Whether somebody waits in the middle of writing a chunk, and for what. */
const waitOfWriter = async () =>
  (
    await oneOf<{ wait: string | null }>(
      `SELECT max(wait_event) AS wait FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%write_upload_chunk%'`,
    )
  ).wait;

const looksAtHigherLanes = async () =>
  (
    await oneOf<{ looks: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND query LIKE '%is_higher_lane_busy()%') AS looks`,
    )
  ).looks;

it('writes for a higher tier, and sells at the till, while a standard chunk of the same branches and day is half written', async () => {
  const [standard, vip] = [await committed('PLAIN'), await committed('VIPCO')];
  const half = await writeHalf(standard);
  expect(await write(vip)).toEqual({ orders: ROWS });
  const sold = await createPaidOrder({ actor: cashier, cart: await cartOf({}) });
  expect(sold.number).toMatch(/^Q1-/);
  await half.query('COMMIT');
  const { orders, numbers } = await oneOf<{ orders: number; numbers: number }>(
    'SELECT count(*)::int AS orders, count(DISTINCT number)::int AS numbers FROM orders',
  );
  expect({ orders, numbers }).toEqual({ orders: 2 * ROWS + 1, numbers: 2 * ROWS + 1 });
});

it('writes one chunk of the standard lane at a time', async () => {
  const [first, second] = [await committed('PLAIN'), await committed('PLAIN')];
  const half = await writeHalf(first);
  const waiting = write(second);
  // It yields to the upload above first.
  await expect.poll(waitOfWriter, { timeout: 10_000 }).toBe('advisory');
  await half.query('COMMIT');
  expect(await waiting).toEqual({ orders: ROWS });
});

it('lets a chunk of a higher tier go first, but no standard one waits for ever', async () => {
  const [vip, standard] = [await committed('VIPCO'), await committed('PLAIN')];
  await writeHalf(vip);
  const waiting = write(standard);
  await expect.poll(looksAtHigherLanes).toBe(true);
  // Meanwhile it holds neither a connection nor the lock of its lane.
  expect(await waitOfWriter()).toBeNull();
  expect(await waiting).toEqual({ orders: ROWS });
});
