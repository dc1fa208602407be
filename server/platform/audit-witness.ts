import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from './env';
import { logger } from './logger';

const SOON_MS = 200;
const MOST = 500_000;

let committed: string[] = [];
let timer: NodeJS.Timeout | undefined;
let writing: Promise<void> | undefined;

/** Where the ids of committed entries wait for the seal, outside of the database. */
const witnessFolder = (): string => path.join(env().FILES_DIR, 'audit', 'witness');

/**
 * Remembers that an audit entry was committed. Until it is sealed nothing in the database could distinguish a removed entry from one
 * that never was; this process can. Costs the caller nothing: the ids are written together, a moment later.
 */
export function witness(entryId: string): void {
  if (committed.length < MOST) committed.push(entryId);
  timer ??= setTimeout(() => void writeWitness(), SOON_MS).unref();
}

async function writeFileOf(ids: string[]): Promise<void> {
  const folder = witnessFolder();
  const name = path.join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${name}.part`, ids.join('\n'), { mode: 0o600 });
    await rename(`${name}.part`, `${name}.ids`);
  } catch (err) {
    committed = [...ids, ...committed].slice(0, MOST);
    logger('audit').warn({ err }, 'committed audit entries could not be written down beside the database');
  }
}

/** Writes down what is remembered. Before the end of a process, so that nothing is forgotten with it. */
export async function writeWitness(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  await writing;
  if (committed.length === 0) return;
  const ids = committed;
  committed = [];
  writing = writeFileOf(ids);
  await writing;
}

export type Witnessed = { files: string[]; ids: string[] };
const UUID = /^[0-9a-f-]{36}$/;

/** What processes of the portal have written down of their committed entries so far. */
export async function readWitnessed(): Promise<Witnessed> {
  const folder = witnessFolder();
  const names = await readdir(folder).catch(() => [] as string[]);
  const files = names.filter((name) => name.endsWith('.ids')).map((name) => path.join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return { files, ids: texts.flatMap((text) => text.split('\n')).filter((id) => UUID.test(id)) };
}

/** Forgets what was looked after, but for the entries that are `stillOpen`. */
export async function forgetWitnessed({ files }: Witnessed, stillOpen: string[]): Promise<void> {
  if (stillOpen.length > 0) await writeFileOf(stillOpen);
  await Promise.all(files.map((file) => rm(file, { force: true })));
}
