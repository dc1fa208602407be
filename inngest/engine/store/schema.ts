import { createHash } from 'node:crypto';
import pg, { type ClientBase } from 'pg';
import { SettingError } from '../options';
import { SCHEMA } from './database';
import { DEFER_FUNCTIONS } from './defers.sql';
import { type EngineLease, join, whoElseWorks } from './engine-lease';
import { JOB_FUNCTIONS } from './jobs.sql';
import { RUN_FUNCTIONS } from './runs.sql';
import { SLOT_FUNCTIONS } from './slots.sql';
import { STEP_FUNCTIONS } from './steps.sql';
import { FORMER_INDEXES, INDEXES, STEPS } from './upgrades.sql';

/** Any numbers that no other program locks: engines change the schema, and build indexes, one after the other. */
const SCHEMA_LOCK = 7_246_110_394;
const INDEX_LOCK = 7_246_110_395;
/** A change waits so long for a table that is in use, delaying later ones; then it releases its locks and retries. */
const LOCK_TIMEOUT_MS = 2_000;

const FUNCTIONS = SLOT_FUNCTIONS + RUN_FUNCTIONS + DEFER_FUNCTIONS + STEP_FUNCTIONS + JOB_FUNCTIONS;

/** Names the functions and tables that this engine works with. */
export const VERSION = createHash('sha256')
  .update(STEPS.join('') + FUNCTIONS)
  .digest('hex');

/** Functions hold no data: all of the former version go, so that none lingers under an old signature. */
const DROP_FUNCTIONS = `
DO $$ DECLARE f record; BEGIN
  FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = '${SCHEMA}'::regnamespace LOOP
    EXECUTE 'DROP FUNCTION IF EXISTS ' || f.name || ' CASCADE';
  END LOOP;
END $$`;

/** Something that will pass stands in the way of the schema: try again. */
export class SchemaBusy extends Error {}

interface Found {
  hash: string;
  /** Steps that were taken. Zero also stands for the tables of an engine that did not count yet. */
  step: number;
}

async function readVersion(client: ClientBase): Promise<Found | undefined> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  await client.query('CREATE TABLE IF NOT EXISTS versions (id integer PRIMARY KEY, hash text NOT NULL)');
  await client.query('ALTER TABLE versions ADD COLUMN IF NOT EXISTS step integer NOT NULL DEFAULT 0');
  const { rows } = await client.query<Found>('SELECT hash, step FROM versions WHERE id = 1');
  return rows[0];
}

async function upgrade(client: ClientBase, found: Found | undefined): Promise<void> {
  for (const step of STEPS.slice(found?.step ?? 0)) await client.query(step);
  // Nothing is in the tables yet: nothing that writes would have to wait.
  if (!found) {
    for (const { name, on } of INDEXES) await client.query(`CREATE INDEX ${name} ON ${on}`);
    for (const name of FORMER_INDEXES) await client.query(`DROP INDEX IF EXISTS ${name}`);
  }
  await client.query(DROP_FUNCTIONS);
  await client.query('SET LOCAL check_function_bodies = off');
  await client.query(FUNCTIONS);
  await client.query(
    `INSERT INTO versions (id, hash, step) VALUES (1, $1, $2)
     ON CONFLICT (id) DO UPDATE SET hash = EXCLUDED.hash, step = EXCLUDED.step`,
    [VERSION, STEPS.length],
  );
}

async function enter(client: ClientBase, lease: EngineLease): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [SCHEMA_LOCK]);
  if (!rows[0]?.mine) throw new SchemaBusy('another engine is changing the schema');
  const found = await readVersion(client);
  if ((found?.step ?? 0) > STEPS.length)
    throw new SettingError(
      `the database belongs to a newer engine (step ${found?.step}; this one knows ${STEPS.length})`,
    );
  if (found?.hash !== VERSION) {
    const other = found && (await whoElseWorks(client));
    if (other) throw new SchemaBusy(`an engine of another version works on this database (${other}): stop it first`);
    await upgrade(client, found);
  }
  await join(client, lease, VERSION);
}

/**
 * Takes this engine's place among those that work on the database, after making schema, tables and functions what it needs.
 * Nothing is changed as long as an engine of another version works. Throws SchemaBusy when somebody is in the way, and a
 * SettingError when the database is of a newer engine.
 */
export async function enterSchema(connect: () => pg.Client, lease: EngineLease): Promise<void> {
  const client = connect();
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SET LOCAL statement_timeout = 0');
    await enter(client, lease);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (error instanceof pg.DatabaseError && error.code === '55P03')
      throw new SchemaBusy('a table that has to change is in use');
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface IndexState {
  name: string;
  valid: boolean;
}

async function bringIndexes(client: pg.Client): Promise<void> {
  const { rows } = await client.query<IndexState>(
    `SELECT c.relname AS name, i.indisvalid AS valid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relnamespace = '${SCHEMA}'::regnamespace`,
  );
  const state = new Map(rows.map(({ name, valid }) => [name, valid]));
  for (const { name, on } of INDEXES) {
    if (state.get(name)) continue;
    // What a build that was broken off has left behind.
    if (state.has(name)) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    await client.query(`CREATE INDEX CONCURRENTLY ${name} ON ${on}`);
  }
  for (const name of FORMER_INDEXES)
    if (state.has(name)) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
}

/**
 * Builds the indexes that are missing while everything goes on, whether it takes a second or an hour. One engine at a time;
 * the others find nothing left to do. Answers false when another is at it.
 */
export async function buildIndexes(client: pg.Client): Promise<boolean> {
  await client.query('SET statement_timeout = 0');
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [INDEX_LOCK]);
  if (!rows[0]?.mine) return false;
  await bringIndexes(client);
  return true;
}
