import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseUrls, provision } from '@/scripts/lib/database.mjs';
import { inRoot } from '@/scripts/lib/paths.mjs';
import { superuser } from '@/scripts/lib/postgres.mjs';
import { mustRun } from '@/scripts/lib/run.mjs';
import { composePorts } from '@/server/composition';
import { closeDb } from '@/server/platform/db';
import type { CrashablePostgres } from './postgres';

const secrets = { ownerPassword: 'owner', appPassword: 'app', enginePassword: 'engine' };
const hex = (bytes: number) => randomBytes(bytes).toString('hex');

/** The portal's database and roles on a server that may be broken, as `npm start` makes them; this process is then a portal's. */
export async function portalOn(
  postgres: CrashablePostgres,
): Promise<{ urls: Record<string, string>; close(): Promise<void> }> {
  const { port, password } = new URL(postgres.url);
  await provision((database: string) => superuser(Number(port), password, database), secrets);
  const urls = databaseUrls(Number(port), secrets);
  await mustRun('Migrating', process.execPath, [inRoot('scripts/migrate.mjs'), 'deploy'], {
    env: { ...process.env, ...urls },
  });
  const files = mkdtempSync(path.join(tmpdir(), 'portal-files-'));
  Object.assign(process.env, urls, {
    ...{ AUTH_SECRET: hex(32), OTP_KEY: hex(32), LINK_KEY: hex(32), PUBLIC_URL: 'http://portal.test' },
    ...{ FILES_DIR: files, LOG_LEVEL: 'silent', DATABASE_POOL: '8' },
  });
  composePorts();
  return {
    urls,
    close: async () => {
      await closeDb();
      rmSync(files, { recursive: true, force: true });
    },
  };
}
