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

/** Makes a database from the migrated template, and settings that point this process at it. */
export async function openDatabase(
  settings: Record<string, string> = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const name = `test_${hex(6)}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${process.env.TEST_TEMPLATE ?? 'portal_template'}`);
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  const files = mkdtempSync(path.join(tmpdir(), 'portal-files-'));
  Object.assign(process.env, {
    DATABASE_URL: url.toString(),
    DATABASE_POOL: '24',
    AUTH_SECRET: hex(32),
    OTP_KEY: hex(32),
    LINK_KEY: hex(32),
    PUBLIC_URL: 'http://portal.test',
    FILES_DIR: files,
    LOG_LEVEL: 'silent',
    ...settings,
  });
  composePorts();
  return {
    url: url.toString(),
    close: async () => {
      await closeDb();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(files, { recursive: true, force: true });
    },
  };
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
