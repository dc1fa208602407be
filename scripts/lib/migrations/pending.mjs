import pg from 'pg';
import { connectionOf } from './driver.mjs';
import { migrationChecksums } from './files.mjs';
import { routinesDiffer } from './routines.mjs';

/** How many migrations on disk are pending, with changed routines as one; counted without loading the engine, which takes a second. */
export async function pendingMigrations(url) {
  const client = new pg.Client(connectionOf(url));
  await client.connect();
  try {
    const known = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present");
    const applied = known.rows[0].present ? await appliedChecksums(client) : new Map();
    const pending = [...migrationChecksums()].filter(([name, checksum]) => applied.get(name) !== checksum).length;
    return pending > 0 ? pending : Number(await routinesDiffer(client));
  } finally {
    await client.end();
  }
}

async function appliedChecksums(client) {
  const { rows } = await client.query(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}
