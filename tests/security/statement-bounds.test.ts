import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundStatements, closeDb, db, inTransaction, pool, sql } from '@/server/platform/db';
import { asPortalError } from '@/server/platform/errors';
import { withDatabase } from '../integration/database';

const bounds = { statement: 400, idleInTransaction: 400, lock: 200 };
beforeAll(() => boundStatements(bounds));
withDatabase();
afterAll(() => closeDb());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => asPortalError(error).code,
  );

it("a runaway query of the web's pool is ended by the database, and named", async () => {
  expect(await codeOf(pool().query('SELECT pg_sleep(20)'))).toBe('database_unavailable');
  expect(await codeOf(db().$queryRaw(sql`SELECT pg_sleep(20)::text`))).toBe('database_unavailable');
  const left = await pool().query(
    `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()`,
  );
  expect(left.rowCount).toBe(0);
});

it('a transaction in which nothing happens is ended, and lets go of what it holds', async () => {
  const client = await pool().connect();
  client.on('error', () => {});
  await client.query('BEGIN; LOCK TABLE function_pause IN EXCLUSIVE MODE');
  expect(await codeOf(pool().query('SELECT pg_sleep(0.2)'))).toBe('done');
  await expect
    .poll(
      async () =>
        (
          await pool().query(
            `SELECT FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = 'function_pause'::regclass`,
          )
        ).rowCount,
    )
    .toBe(0);
  client.release(true);
});

it('a caller that waits too long for a lock gets an error, and the next is served', async () => {
  await inTransaction(async (tx) => {
    await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(1)`);
    expect(await codeOf(pool().query('SELECT pg_advisory_lock(1)'))).toBe('database_unavailable');
  });
  expect(await codeOf(pool().query('SELECT 1'))).toBe('done');
});
