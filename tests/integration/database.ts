import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { composePorts } from '@/server/composition';
import { closeDb } from '@/server/platform/db';

async function asAdmin(statement: string): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL names no PostgreSQL; run these tests by `npm test -- integration`');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

let owner: pg.Pool | undefined;

/** A connection of the database's superuser, for what a test prepares or tampers with; the code under test has the application's role. */
export function ownerPool(): pg.Pool {
  if (!owner) throw new Error('no database is open');
  return owner;
}

/** The superuser of a database that a test has made by itself; null when it is gone. */
export async function setOwner(connectionString: string | null): Promise<void> {
  await owner?.end();
  owner = connectionString === null ? undefined : new pg.Pool({ connectionString, max: 4 });
  owner?.on('error', () => {});
  owner?.on('connect', (client) => void client.on('error', () => {}));
}

/** Rows of one query of the superuser. */
export async function rowsOf<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await ownerPool().query<Row>(text, values)).rows;
}

/** Makes a database from the migrated template, and settings that point this process at it, in the application's role. */
export async function openDatabase(
  settings: Record<string, string> = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const name = `test_${hex(6)}`;
  await asAdmin(
    `CREATE DATABASE ${name} TEMPLATE ${process.env.TEST_TEMPLATE ?? 'portal_template'} STRATEGY FILE_COPY`,
  );
  // Rights in a database as such are not copied with its template.
  await asAdmin(
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO portal_app, portal_engine`,
  );
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  const ownerUrl = url.toString();
  owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on('error', () => {}); // the database is dropped under it
  url.username = 'portal_app';
  url.password = process.env.TEST_APP_PASSWORD ?? '';
  const files = mkdtempSync(path.join(tmpdir(), 'portal-files-'));
  Object.assign(process.env, {
    DATABASE_URL: url.toString(),
    DATABASE_POOL: '24',
    AUTH_SECRET: hex(32),
    OTP_KEY: hex(32),
    LINK_KEY: hex(32),
    AUDIT_KEY: hex(32),
    PUBLIC_URL: 'http://portal.test',
    FILES_DIR: files,
    LOG_LEVEL: 'silent',
    ...settings,
  });
  composePorts();
  return {
    url: ownerUrl,
    close: async () => {
      await closeDb();
      await owner?.end();
      owner = undefined;
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(files, { recursive: true, force: true });
    },
  };
}

/** As `rowsOf`, with the database's own rules switched off: what was there before, or what a tamperer does. */
export async function rowsPastGuards<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = await ownerPool().connect();
  try {
    await client.query(`SET session_replication_role = 'replica'`);
    return (await client.query<Row>(text, values)).rows;
  } finally {
    client.release(true);
  }
}

/** A fresh database for the tests of this file, real PostgreSQL, gone afterwards. `settings` differ from the usual ones. */
export function withDatabase(settings?: Record<string, string>): void {
  let opened: Awaited<ReturnType<typeof openDatabase>> | undefined;
  beforeAll(async () => {
    opened = await openDatabase(settings);
  });
  afterAll(async () => {
    await opened?.close();
  });
}
