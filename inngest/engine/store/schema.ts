import type { Pool } from 'pg';
import { JOB_FUNCTIONS } from './jobs.sql';
import { RUN_FUNCTIONS } from './runs.sql';
import { SLOT_FUNCTIONS } from './slots.sql';
import { STEP_FUNCTIONS } from './steps.sql';
import { TABLES } from './tables.sql';

/** The schema every connection of the engine works in. */
export const SCHEMA = 'inngest_engine';

/** Any number that nobody else locks: engines that start together create the schema one after the other. */
const SCHEMA_LOCK = 7_246_110_394;

/** Creates schema, tables and functions when they are missing. Safe to repeat and to run from several processes. */
export async function createSchema(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await client.query(TABLES);
    await client.query('SET LOCAL check_function_bodies = off');
    await client.query(SLOT_FUNCTIONS + RUN_FUNCTIONS + STEP_FUNCTIONS + JOB_FUNCTIONS);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
