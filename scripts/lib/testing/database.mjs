import { provision, withClient } from '../database.mjs';
import { inRoot } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { startScratchPostgres } from '../scratch-postgres.mjs';

export const TEMPLATE = 'portal_template';

/** Known to everybody, for a server that lives for minutes on the loopback address. */
const passwords = { ownerPassword: 'owner', appPassword: 'app', enginePassword: 'engine' };
const key = (name) => `${name}-for-tests-only`.padEnd(40, '.');

/**
 * A PostgreSQL with a migrated template, of which each test file makes its own database:
 * `CREATE DATABASE … TEMPLATE portal_template OWNER portal_owner`.
 */
export async function startTestDatabase() {
  const server = await startScratchPostgres();
  await provision(server.connect, passwords, TEMPLATE);
  // Several files run at once, each as a portal of its own with its own pools: the bound of one portal is none for all of them.
  await withClient(server.connect(), (client) => client.query('ALTER ROLE portal_app CONNECTION LIMIT 150'));
  await mustRun('Migrating the test database', process.execPath, [inRoot('scripts/migrate.mjs'), 'deploy'], {
    env: {
      ...process.env,
      MIGRATION_DATABASE_URL: `postgresql://portal_owner:owner@127.0.0.1:${server.port}/${TEMPLATE}`,
    },
  });
  return server;
}

/** No connection may hold the template while it is copied, and nobody but the superuser may open it. */
export const sealTemplate = (server) =>
  withClient(server.connect(), (client) => client.query(`ALTER DATABASE ${TEMPLATE} ALLOW_CONNECTIONS false`));

/** What tests with a database are run with. */
export const testEnvironment = (server) => ({
  ...process.env,
  TEST_DATABASE_URL: server.url(),
  TEST_TEMPLATE: TEMPLATE,
  TEST_OWNER_PASSWORD: passwords.ownerPassword,
  TEST_APP_PASSWORD: passwords.appPassword,
  TEST_ENGINE_PASSWORD: passwords.enginePassword,
  AUTH_SECRET: key('auth'),
  NEXTAUTH_SECRET: key('auth'),
  NEXTAUTH_URL: 'http://localhost:3000',
  PUBLIC_URL: 'http://localhost:3000',
  OTP_KEY: key('otp'),
  LINK_KEY: key('link'),
  AUDIT_KEY: key('audit'),
  DOCUMENT_KEY: key('document'),
  LOG_LEVEL: 'error',
});
