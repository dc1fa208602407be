import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { bin, inRoot } from './paths.mjs';
import { mustRun } from './run.mjs';
import { hashFolder } from './sources.mjs';

const marker = inRoot('prisma', 'generated', '.schema-hash');

/** Makes the database client from prisma/schema, when that has changed since the last time. */
export async function ensurePrismaClient() {
  const { version } = JSON.parse(readFileSync(inRoot('node_modules', 'prisma', 'package.json'), 'utf8'));
  const wanted = `${version} ${hashFolder('prisma/schema')}`;
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return 'up to date';
  await mustRun('prisma generate', process.execPath, [bin('prisma'), 'generate'], {
    // Any executable: with it set nothing is downloaded, and generating never runs it.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  writeFileSync(marker, wanted);
  return 'generated';
}
