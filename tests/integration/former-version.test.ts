import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '@/scripts/lib/migrations/commands.mjs';
import { createDriver } from '@/scripts/lib/migrations/driver.mjs';
import { loadEngine } from '@/scripts/lib/migrations/engine.mjs';
import { migrationsList } from '@/scripts/lib/migrations/files.mjs';
import { diagnoseIntegrity } from '@/server/modules/core/integrity/use-cases/diagnose-integrity';
import { rowsOf, withDatabase } from './database';

const LAST_OF_FORMER = '20261129009000_guards_read_our_tables';
const TEMPLATE = 'former_version';
const fixture = new URL('../fixtures/former-version/business.copy.gz', import.meta.url);

const addressOf = (database: string) =>
  Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), { pathname: `/${database}` });

async function connected<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: addressOf(database).toString() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function withEngine(
  work: (engine: Awaited<ReturnType<typeof loadEngine>>['engine'], url: string) => Promise<unknown>,
) {
  const url = addressOf(TEMPLATE).toString();
  const driver = createDriver(url);
  try {
    await work((await loadEngine(driver.factory)).engine, url);
  } finally {
    await driver.close();
  }
}

/** Tables of the fixture with their rows as COPY wrote them. */
const tables = gunzipSync(readFileSync(fixture))
  .toString('utf8')
  .split(/^== /m)
  .slice(1)
  .map((section) => {
    const end = section.indexOf('\n');
    const rows = section.slice(end + 1);
    return {
      head: section.slice(0, end),
      name: /"(\w+)"/.exec(section)?.[1] ?? '',
      rows,
      count: rows.split('\n').length - 1,
    };
  });

async function fill(client: pg.Client): Promise<void> {
  await client.query(`SET session_replication_role = 'replica'`);
  for (const { head, rows } of tables) {
    await client.query(`DELETE FROM ${head.split(' ')[0]}`);
    await pipeline(Readable.from([rows]), client.query(from(`COPY ${head} FROM STDIN`)));
  }
  await client.query(`SELECT setval('patient_code_seq', (SELECT count(*) FROM patient))`);
}

beforeAll(async () => {
  await connected('postgres', (client) => client.query(`CREATE DATABASE ${TEMPLATE}`));
  const filters = { externalTables: [], externalEnums: [] };
  await withEngine((engine) => engine.applyMigrations({ migrationsList: migrationsList(LAST_OF_FORMER), filters }));
  await connected(TEMPLATE, fill);
  await withEngine((engine, url) => commands.deploy({ engine, url }));
  process.env.TEST_TEMPLATE = TEMPLATE;
});
withDatabase();

describe('a database of the version before', () => {
  it('keeps every row of its business', async () => {
    const kept = await Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await rowsOf<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`);
        return [name, row?.count];
      }),
    );
    const mayGrow = new Set(['instance_fact']);
    const same = (name: unknown) => !mayGrow.has(String(name));
    expect(kept.filter(([name]) => same(name))).toEqual(
      tables.filter(({ name }) => same(name)).map(({ name, count }) => [name, count]),
    );
  });

  it('calculates the month that was sealed to the same sums', async () => {
    const differing = await rowsOf(`
      WITH sealed AS (
        SELECT s.doctor_id, sum(l.commission) AS commission FROM statement s
        JOIN statement_period p ON p.id = s.period_id AND p.month = '2026-10' JOIN statement_line l ON l.statement_id = s.id GROUP BY 1
      ), today AS (
        SELECT c.doctor_id, sum(c.commission) AS commission
        FROM statement_period p, commission_lines(p.starts_at, p.ends_at, NULL) c WHERE p.month = '2026-10' GROUP BY 1
      )
      SELECT * FROM sealed FULL JOIN today USING (doctor_id) WHERE sealed.commission IS DISTINCT FROM today.commission`);
    expect(differing).toEqual([]);
  });

  it('has everything that must hold', async () => {
    const { findings } = await diagnoseIntegrity({ hours: null });
    // The files of its documents are not part of the fixture.
    expect(findings.filter(({ invariant }) => invariant !== 'files-missing')).toEqual([]);
  });
});
