import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { PortalError } from '@/server/platform/errors';
import type { Storage, StoredFile } from './port';

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Files of patients: for the account of the portal alone, whatever the process's mask says. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const UNFINISHED = '.part';

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What somebody has to mend is said by its name: a full volume or quota, a folder that can only be read. */
const NAMED: Record<string, string> = {
  ENOSPC: 'storage_full',
  EDQUOT: 'storage_full',
  EROFS: 'storage_read_only',
};

function readError(error: unknown): unknown {
  return codeOf(error) === 'ENOENT'
    ? new PortalError('not-found', 'file_missing', { message: 'file missing' })
    : writeError(error);
}

// A full disk, a folder that may not be written: somebody can mend it, so the work is tried again.
function writeError(error: unknown): unknown {
  if (error instanceof PortalError || codeOf(error) === '') return error;
  const code = NAMED[codeOf(error)] ?? 'storage_unavailable';
  return new PortalError('unavailable', code, { message: codeOf(error), cause: error });
}

/** Files in a folder of this machine. A file appears under its name only when all of it is on the disk. */
export function createLocalStorage(folder: string): Storage {
  const place = (key: string): string => {
    if (!KEY.test(key)) throw new RangeError('not a storage key');
    return path.join(folder, key);
  };
  return {
    async put(key, content) {
      const target = place(key);
      const part = `${target}.${randomUUID()}${UNFINISHED}`;
      try {
        await makeFolder(path.dirname(target));
        const kept = await writeThrough(part, content);
        await rename(part, target);
        await syncFolder(path.dirname(target)); // else a power cut may take the name of a file that is on the disk
        return kept;
      } catch (error) {
        // What is left to clean up must not hide why the write failed.
        await rm(part, { force: true }).catch(() => undefined);
        throw writeError(error);
      }
    },
    async open(key) {
      try {
        const file = await open(place(key), 'r');
        const { size } = await file.stat();
        return { bytes: size, content: Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array> };
      } catch (error) {
        throw readError(error);
      }
    },
    async read(key) {
      try {
        return await readFile(place(key));
      } catch (error) {
        throw readError(error);
      }
    },
    removeUnfinished: (olderThanMs) => removeUnfinished(folder, Date.now() - olderThanMs),
    remove: (key) => rm(place(key), { force: true }),
  };
}

/**
 * A folder with those above it, one by one: asked for them all at once, Node answers `ENOENT` for a volume that can only be read,
 * as if a file were missing.
 */
async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder, { mode: FOLDER_MODE }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await make();
  }
}

async function writeThrough(part: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(part, 'wx', FILE_MODE);
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      await file.writeFile(chunk);
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function syncFolder(place: string): Promise<void> {
  const folder = await open(place, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Walks the folder an entry at a time, so that a million files cost time and no memory. */
async function removeUnfinished(folder: string, before: number): Promise<number> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  let removed = 0;
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith(UNFINISHED)) continue;
    const place = path.join(entry.parentPath, entry.name);
    const found = await stat(place).catch(() => null); // its writer may have ended meanwhile
    if (!found || found.mtimeMs >= before) continue;
    await rm(place, { force: true });
    removed += 1;
  }
  return removed;
}
