import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { withClient } from './database.mjs';
import { connectionOf } from './migrations/driver.mjs';
import { inRoot } from './paths.mjs';
import { mustRun } from './run.mjs';
import { hashFolder } from './sources.mjs';

const SEED = 'prisma/seed/demo';
const FACT = 'demo-business';

const asOwner = (environment, work) => withClient(connectionOf(environment.MIGRATION_DATABASE_URL), work);

async function loadedHash(client) {
  const { rows } = await client.query('SELECT value FROM instance_fact WHERE key = $1', [FACT]);
  return rows[0]?.value?.hash ?? null;
}

/** A database that somebody else provides and works with is never given a demo business. */
async function isForeign(client, embedded) {
  if (embedded) return false;
  const { rows } = await client.query('SELECT EXISTS (SELECT FROM branch) AS used');
  return rows[0].used;
}

/**
 * Loads the demo business once, and again when its files have changed.
 * @param {{ environment: Record<string, string>, embedded: boolean, command: string[] }} options
 *   `command` is how the operator's command line is run
 */
export async function ensureDemo({ environment, embedded, command }) {
  if (!existsSync(inRoot(SEED, 'users.csv'))) return 'there is none';
  const hash = hashFolder(SEED);
  const reason = await asOwner(environment, async (client) => {
    const loaded = await loadedHash(client);
    if (loaded === hash) return 'already there';
    return loaded === null && (await isForeign(client, embedded)) ? 'not loaded: the database is in use' : null;
  });
  if (reason) return reason;
  const [program, ...args] = command;
  await mustRun('Loading the demo business', program, [...args, 'load', SEED], {
    env: { ...process.env, ...environment },
  });
  await asOwner(environment, (client) =>
    client.query(
      `INSERT INTO instance_fact (key, value) VALUES ($1, jsonb_build_object('hash', $2::text))
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, at = now()`,
      [FACT, hash],
    ),
  );
  return 'loaded';
}

/** The accounts of the demo business. @returns {{ email: string, role: string, branch: string }[]} */
export function demoAccounts() {
  const file = inRoot(SEED, 'users.csv');
  if (!existsSync(file)) return [];
  return Papa.parse(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data;
}
