import type { ClientBase } from 'pg';
import type { Queryable } from './database';

/** This process among those that work on a database. */
export interface EngineLease {
  id: string;
  /** How long a lease is valid; it is renewed several times as often. */
  leaseMs: number;
}

/** Connections of a starting engine go by another name than those of one that works. */
export const STARTING = 'inngest-engine starting';

const TABLE = `CREATE TABLE IF NOT EXISTS engines (
  id text PRIMARY KEY, hash text NOT NULL, started_at timestamptz NOT NULL DEFAULT now(), alive_until timestamptz NOT NULL
)`;

async function hasTable(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('engines') IS NOT NULL AS there`);
  return rows[0]?.there ?? false;
}

/** Engines of before leases: known by their connections alone. */
const BY_CONNECTIONS = `SELECT 'connected since ' || min(backend_start) AS who FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'inngest-engine' AND pid <> pg_backend_pid() HAVING count(*) > 0`;
const BY_LEASES = `SELECT 'started ' || started_at AS who FROM engines WHERE alive_until > clock_timestamp() LIMIT 1`;

/** Another engine that works on this database, in words; undefined when there is none. */
export async function whoElseWorks(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ who: string }>((await hasTable(client)) ? BY_LEASES : BY_CONNECTIONS);
  return rows[0]?.who;
}

export async function join(client: ClientBase, { id, leaseMs }: EngineLease, version: string): Promise<void> {
  await client.query(TABLE);
  await client.query('DELETE FROM engines WHERE alive_until < clock_timestamp()');
  await client.query(
    `INSERT INTO engines (id, hash, alive_until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
     ON CONFLICT (id) DO UPDATE SET alive_until = EXCLUDED.alive_until`,
    [id, version, leaseMs],
  );
}

/** Renews this engine's word. False when the database has been given to another version meanwhile: then it must stop. */
export async function stay(db: Queryable, { id, leaseMs }: EngineLease, version: string): Promise<boolean> {
  const rows = await db.query<{ id: string }>(
    `INSERT INTO engines (id, hash, alive_until)
     SELECT $1, $2, clock_timestamp() + $3 * interval '1 millisecond' FROM versions WHERE hash = $2
     ON CONFLICT (id) DO UPDATE SET alive_until = EXCLUDED.alive_until RETURNING id`,
    [id, version, leaseMs],
  );
  return rows.length > 0;
}

export async function leave(db: Queryable, { id }: EngineLease): Promise<void> {
  await db.query('DELETE FROM engines WHERE id = $1', [id]);
}
