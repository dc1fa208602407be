#!/usr/bin/env node
/**
 * Migrations without a native engine.
 *   npm run migrate -- deploy            applies what is pending
 *   npm run migrate -- create <name>     writes the migration from the ones on disk to prisma/schema
 *   npm run migrate -- check             fails on pending, failed or edited migrations, and on drift
 *   npm run migrate -- resolve --applied|--rolled-back <name>
 * The database is MIGRATION_DATABASE_URL, else DATABASE_URL, else the running instance's; create and check, which need
 * a role that may make databases, take a throw-away PostgreSQL where neither is set.
 */
import { bootstrap } from './lib/install.mjs';
import { sayFailure } from './lib/say.mjs';

await bootstrap({ silent: true });
const { migrate } = await import('./lib/migrations/migrate.mjs');
try {
  await migrate(process.argv.slice(2));
} catch (error) {
  sayFailure(error);
  process.exitCode = 1;
}
process.exit(); // the engine leaves a timer of ten seconds behind
