import type pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();

let first: StaffActor;
let second: StaffActor;
let held: pg.PoolClient | undefined;

beforeAll(async () => {
  await makeFixture();
  first = (await makeCashier('T1')).actor;
  second = (await makeCashier('T2')).actor;
});
afterEach(() => {
  held?.release(true);
  held = undefined;
});

/** A sale as far as the end of its transaction: written, numbered, and not committed. */
async function sellHalf(actor: StaffActor): Promise<{ client: pg.PoolClient; pid: number }> {
  const { id: actorId, role: actorRole, branchId, correlationId } = actor;
  const text = JSON.stringify(
    { ...(await cartOf()), actorId, actorRole, branchId, correlationId },
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );
  const client = await pool().connect();
  held = client;
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await client.query('BEGIN');
  await client.query('SELECT create_paid_order($1::jsonb)', [text]);
  return { client, pid: rows[0]?.pid ?? 0 };
}

const waiting = () =>
  rowsOf(`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`);

describe('sales side by side', () => {
  it('do not wait for each other: one commits while another of the branch and day is held open', async () => {
    await createPaidOrder({ actor: first, cart: await cartOf() });
    for (let held = 0; held < 20; held += 1) {
      const { client } = await sellHalf(first);
      for (let sale = 0; sale < 3; sale += 1) await createPaidOrder({ actor: second, cart: await cartOf() });
      expect(await waiting()).toEqual([]);
      await client.query('COMMIT');
      client.release();
    }
    held = undefined;
    const { orders, numbers } = await oneOf<{ orders: number; numbers: number }>(
      'SELECT count(*)::int AS orders, count(DISTINCT number)::int AS numbers FROM orders',
    );
    expect({ orders, numbers }).toEqual({ orders: 81, numbers: 81 });
  });

  it('count 1, 2, 3 from the first of a day, however many begin it at once', async () => {
    const take = () =>
      oneOf<{ number: number }>(`SELECT nextval(day_numbers('order:Q1', '2031-01-01'))::int AS number`);
    const taken = await Promise.all(Array.from({ length: 20 }, take));
    expect(taken.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('go on where the numbers of an old day were left when they were closed', async () => {
    const take = async (day: string) =>
      (await oneOf<{ n: number }>(`SELECT nextval(day_numbers('order:Q1', $1))::int AS n`, [day])).n;
    const old = ['2031-02-01', '2031-02-02'];
    for (const day of [...old, '2031-02-03']) expect([await take(day), await take(day)]).toEqual([1, 2]);
    expect((await oneOf<{ n: number }>(`SELECT close_day_numbers('2031-02-03', 1) AS n`)).n).toBe(1);
    expect((await oneOf<{ n: number }>(`SELECT close_day_numbers('2031-02-03', 100) AS n`)).n).toBeGreaterThan(0);
    expect((await oneOf<{ n: number }>(`SELECT close_day_numbers('2031-02-03', 100) AS n`)).n).toBe(0);
    const open = await rowsOf(`SELECT FROM pg_sequences WHERE sequencename LIKE 'numbers order:Q1 2031-02-%'`);
    expect(open).toHaveLength(1);
    for (const day of [...old, '2031-02-03']) expect(await take(day)).toBe(3);
  });

  it('leave no dead row behind, over which the next would step while somebody reads an old state', async () => {
    await createPaidOrder({ actor: first, cart: await cartOf() });
    const { client } = await sellHalf(first);
    const { rows } = await client.query(
      'SELECT relname, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables WHERE n_tup_upd > 0 OR n_tup_del > 0',
    );
    expect(rows).toEqual([]);
    await client.query('COMMIT');
  });

  it('of one shift do not wait for each other either', async () => {
    const { client } = await sellHalf(first);
    await createPaidOrder({ actor: first, cart: await cartOf() });
    expect(await waiting()).toEqual([]);
    await client.query('COMMIT');
  });

  it('take no lock that all commits share', async () => {
    const { client, pid } = await sellHalf(first);
    const shared = await rowsOf(
      `SELECT locktype, mode FROM pg_locks WHERE pid = $1 AND locktype = 'object' AND mode = 'AccessExclusiveLock'`,
      [pid],
    );
    expect(shared).toEqual([]);
    await client.query('COMMIT');
  });

  it('and nothing of the business sends a notice inside its transaction', async () => {
    const notifying = await rowsOf(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~* '\\m(pg_notify|notify)\\M'`,
    );
    expect(notifying).toEqual([]);
  });
});
