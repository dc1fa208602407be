import pg from 'pg';

/** Roles: the owner migrates, the application only reads and writes rows, the engine has a schema of its own. */
export const DATABASE = 'portal';
const roles = { portal_owner: 'ownerPassword', portal_app: 'appPassword', portal_engine: 'enginePassword' };

/** How many connections each may have, of a hundred: none of them can starve another. The owner's last ones are kept for him. */
const CONNECTIONS = { portal_owner: 10, portal_app: 64, portal_engine: 24 };

/**
 * The longest that anything of the application takes, for whoever connects as it without the bounds of its pools: a chunk of a sheet,
 * fifteen minutes. The trail's own transaction sets aside what ends idle ones.
 */
const BOUNDS = { statement_timeout: '20min', idle_in_transaction_session_timeout: '20min', lock_timeout: '10min' };

/** Runs statements on one connection. */
export async function withClient(connection, work) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureRoles(client, secrets) {
  const { rows } = await client.query('SELECT rolname FROM pg_roles');
  const known = new Set(rows.map((row) => row.rolname));
  for (const [role, secret] of Object.entries(roles)) {
    const password = client.escapeLiteral(secrets[secret]);
    const limit = CONNECTIONS[role];
    await client.query(
      `${known.has(role) ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN CONNECTION LIMIT ${limit} PASSWORD ${password}`,
    );
  }
  // A role may change its own settings for whoever connects next, so all of them are put back.
  const bounds = Object.entries(BOUNDS).map(([name, most]) => `ALTER ROLE portal_app SET ${name} = '${most}'`);
  await client.query(['ALTER ROLE portal_app RESET ALL', 'ALTER ROLE portal_engine RESET ALL', ...bounds].join(';'));
  await client.query('GRANT pg_use_reserved_connections TO portal_owner');
}

async function ensureDatabase(client, name) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER portal_owner`);
}

const grants = (name) => `
  ALTER ROLE portal_app IN DATABASE ${name} RESET ALL;
  ALTER ROLE portal_engine IN DATABASE ${name} RESET ALL;
  ALTER DATABASE ${name} OWNER TO portal_owner;
  REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
  REVOKE ALL ON DATABASE ${name} FROM portal_app, portal_engine;
  GRANT CONNECT ON DATABASE ${name} TO portal_app, portal_engine;
  GRANT CREATE ON DATABASE ${name} TO portal_engine; -- it recreates its schema when that changes
  ALTER SCHEMA public OWNER TO portal_owner;
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA public TO portal_app;
  -- Nothing by itself: the migrator grants what prisma/grants.txt lists.
  ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public REVOKE ALL ON TABLES FROM portal_app;
  ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO portal_app;
  ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO portal_app;
  CREATE SCHEMA IF NOT EXISTS inngest_engine AUTHORIZATION portal_engine;
  -- Large objects belong to no table, so that no list of grants covers them: no role may create, read or remove any.
  DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
      AND proname ~ '^(lo_|loread$|lowrite$)' LOOP
      EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
  END $$;
`;

/**
 * Makes database, roles and their rights as they should be; harmless when they already are.
 * @param {(database: string) => object} connect how the superuser connects to a database of the server
 */
export async function provision(connect, secrets, name = DATABASE) {
  await withClient(connect('postgres'), async (client) => {
    await ensureRoles(client, secrets);
    await ensureDatabase(client, name);
  });
  await withClient(connect(name), (client) => client.query(grants(client.escapeIdentifier(name))));
}

/** The addresses by which owner, application and engine reach the database. */
export function databaseUrls(port, secrets, name = DATABASE) {
  const url = (role) => `postgresql://${role}:${secrets[roles[role]]}@127.0.0.1:${port}/${name}`;
  return {
    DATABASE_URL: url('portal_app'),
    MIGRATION_DATABASE_URL: url('portal_owner'),
    ENGINE_DATABASE_URL: url('portal_engine'),
  };
}
