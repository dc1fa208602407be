import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provision } from '@/scripts/lib/database.mjs';
import { grantedColumns, readGrants } from '@/scripts/lib/migrations/grants.mjs';
import { rowsOf, withDatabase } from '../integration/database';

withDatabase();

type Verb = 'select' | 'insert' | 'update' | 'delete' | 'truncate' | 'trigger' | 'references' | 'maintain';
type Table = { name: string; columns: string[] };

/** The one list. */
const list = readGrants();
let tables: Table[] = [];

beforeAll(async () => {
  tables = await rowsOf<Table>(`
    SELECT c.relname AS name, ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY 1) AS columns
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`);
});

async function connectAs(role: 'app' | 'engine'): Promise<pg.Client> {
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.username = `portal_${role}`;
  url.password = (role === 'app' ? process.env.TEST_APP_PASSWORD : process.env.TEST_ENGINE_PASSWORD) ?? '';
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  return client;
}

/** Statements that touch no row and are refused, if at all, for want of a right. */
const ATTEMPTS: Record<Verb, (table: string, column: string) => string> = {
  select: (table, column) => `SELECT "${column}" FROM public."${table}" LIMIT 0`,
  insert: (table, column) => `INSERT INTO public."${table}" ("${column}") SELECT NULL WHERE false`,
  update: (table, column) => `UPDATE public."${table}" SET "${column}" = NULL WHERE false`,
  delete: (table) => `DELETE FROM public."${table}" WHERE false`,
  truncate: (table) => `TRUNCATE public."${table}"`,
  trigger: (table) =>
    `CREATE TRIGGER intruder AFTER INSERT ON public."${table}" EXECUTE FUNCTION public.refuse_change()`,
  references: (table, column) =>
    `SELECT 1 / has_any_column_privilege('public."${table}"', 'REFERENCES')::int -- ${column}`,
  maintain: (table) => `SELECT 1 / has_table_privilege('public."${table}"', 'MAINTAIN')::int`,
};
const BY_COLUMN: Verb[] = ['select', 'insert', 'update'];

/** Whether a statement gets past the check of rights; whatever it did is undone. */
async function passes(client: pg.Client, statement: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : '';
    if (code === '42501' || code === '22012') return false;
    if (code === '23001') return true; // refused by a guard, which comes after the rights
    throw error;
  } finally {
    await client.query('ROLLBACK');
  }
}

/** All that a role gets away with, as `table verb column`. */
async function everythingAllowed(client: pg.Client): Promise<string[]> {
  const allowed: string[] = [];
  for (const { name, columns } of tables) {
    for (const verb of Object.keys(ATTEMPTS) as Verb[]) {
      for (const column of BY_COLUMN.includes(verb) ? columns : ['']) {
        if (await passes(client, ATTEMPTS[verb](name, column))) allowed.push(`${name} ${verb} ${column}`.trim());
      }
    }
  }
  return allowed.sort();
}

/** What the list says, in the same words. */
const expected = () =>
  tables
    .flatMap(({ name, columns }) =>
      [...(list.get(name) ?? new Map<string, string | null>())].flatMap(([verb, named]) => {
        const byColumn = BY_COLUMN.includes(verb as Verb);
        const all = byColumn ? grantedColumns(named, columns) : [''];
        return all
          .filter((column: string) => !byColumn || columns.includes(column))
          .map((column: string) => `${name} ${verb} ${column}`.trim());
      }),
    )
    .sort();

describe("the application's role may do what the list says, and nothing else", () => {
  let app: pg.Client;
  beforeAll(async () => {
    app = await connectAs('app');
  });
  afterAll(() => app.end());

  it('every table has its line', () => {
    expect([...list.keys()].sort()).toEqual(tables.map(({ name }) => name));
  });

  it('role × table × verb × column: all others are refused by the real database', async () => {
    expect(await everythingAllowed(app)).toEqual(expected());
  });

  it.each([
    'CREATE TABLE intruder (id int)',
    "CREATE FUNCTION intruder() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'ALTER TABLE orders DISABLE TRIGGER ALL',
    'ALTER TABLE payment DROP COLUMN amount',
    'DROP TABLE payment',
    'DROP TRIGGER append_only ON payment',
    "SET session_replication_role = 'replica'",
    'SET ROLE portal_owner',
    'ALTER ROLE portal_app SUPERUSER',
    'CREATE SCHEMA intruder',
    "SELECT pg_read_file('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    'CREATE EXTENSION dblink',
    'CREATE TEMP TABLE intruder (id int)',
    'SELECT lo_create(0)',
    "SELECT lo_from_bytea(0, 'x')",
    'SELECT lo_open(1, 131072)',
    'SELECT lo_unlink(1)',
  ])('neither the schema nor the rules: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^42501|^42704|^0A000/) });
  });
});

it('a database that is set up lets neither the application nor the engine make tables of the session, old rights and settings or not', async () => {
  const connect = (database: string) => ({
    connectionString: `${new URL(`/${database}`, process.env.TEST_DATABASE_URL)}`,
  });
  const secrets = {
    ownerPassword: process.env.TEST_OWNER_PASSWORD ?? '',
    appPassword: process.env.TEST_APP_PASSWORD ?? '',
    enginePassword: process.env.TEST_ENGINE_PASSWORD ?? '',
  };
  const name = `set_up_${process.pid}`;
  try {
    await provision(connect, secrets, name);
    await rowsOf(`GRANT TEMPORARY ON DATABASE ${name} TO portal_app, portal_engine`);
    // As the role itself may do, for whoever connects next.
    await rowsOf(`ALTER ROLE portal_app IN DATABASE ${name} SET search_path = 'pg_temp'`);
    await provision(connect, secrets, name);
    const held = await rowsOf<{ role: string }>(
      `SELECT r.role FROM unnest(ARRAY['portal_app', 'portal_engine']) r (role) WHERE has_database_privilege(r.role, $1, 'TEMPORARY')`,
      [name],
    );
    expect(held).toEqual([]);
    const settings = `SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = $1`;
    expect(await rowsOf(settings, [name])).toEqual([]);
  } finally {
    await rowsOf(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
});

it('whoever connects as the application ends after a while, whatever runs, waits or stands still', async () => {
  const app = await connectAs('app');
  try {
    for (const name of ['statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout'])
      expect((await app.query(`SHOW ${name}`)).rows[0]).not.toEqual({ [name]: '0' });
  } finally {
    await app.end();
  }
});

it("the background server's role has no part in the portal's tables", async () => {
  const engine = await connectAs('engine');
  try {
    expect(await everythingAllowed(engine)).toEqual([]);
  } finally {
    await engine.end();
  }
});
