import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DEFER_FUNCTIONS } from './defers.sql';
import { JOB_FUNCTIONS } from './jobs.sql';
import { RUN_FUNCTIONS } from './runs.sql';
import { SLOT_FUNCTIONS } from './slots.sql';
import { STEP_FUNCTIONS } from './steps.sql';
import { TABLES } from './tables.sql';

/** The schema every connection of the engine works in. */
export const SCHEMA = 'inngest_engine';

/** Any number that nobody else locks: engines that start together create the schema one after the other. */
const SCHEMA_LOCK = 7_246_110_394;

const FUNCTIONS = SLOT_FUNCTIONS + RUN_FUNCTIONS + DEFER_FUNCTIONS + STEP_FUNCTIONS + JOB_FUNCTIONS;
const VERSION = createHash('sha256')
  .update(TABLES + FUNCTIONS)
  .digest('hex');

/** Functions hold no data: all of the former version go, so that none lingers under an old signature. */
const DROP_FUNCTIONS = `
DO $$ DECLARE f record; BEGIN
  FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = '${SCHEMA}'::regnamespace LOOP
    EXECUTE 'DROP FUNCTION IF EXISTS ' || f.name || ' CASCADE';
  END LOOP;
END $$`;

async function isCurrent(client: PoolClient): Promise<boolean> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  await client.query('CREATE TABLE IF NOT EXISTS versions (id integer PRIMARY KEY, hash text NOT NULL)');
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM versions WHERE id = 1');
  return rows[0]?.hash === VERSION;
}

/** Creates schema, tables and functions when they are missing or of another version. Safe to repeat and to run from several processes. */
export async function createSchema(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    if (!(await isCurrent(client))) {
      await client.query(TABLES);
      await client.query(DROP_FUNCTIONS);
      await client.query('SET LOCAL check_function_bodies = off');
      await client.query(FUNCTIONS);
      await client.query('INSERT INTO versions VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET hash = EXCLUDED.hash', [
        VERSION,
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
