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

  it('take no more numbers than they need, however many begin a day at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => pool().query(`SELECT take_number('order:Q1', '2031-01-01')`)));
    const { value } = await oneOf<{ value: number }>(`SELECT value FROM number_counter WHERE day = '2031-01-01'`);
    expect(value).toBeLessThanOrEqual(3 * 8 * 16);
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
