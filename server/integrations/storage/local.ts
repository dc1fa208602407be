import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { PortalError } from '@/server/platform/errors';
import type { Storage, StoredFile } from './port';

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

// A full disk, a folder that may not be written: somebody can mend it, so the work is tried again.
function storageError(error: unknown): unknown {
  if (error instanceof PortalError || codeOf(error) === '') return error;
  if (codeOf(error) === 'ENOENT') return new PortalError('not-found', 'file_missing', { message: 'file missing' });
  return new PortalError('unavailable', 'storage_unavailable', { message: codeOf(error), cause: error });
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
      const part = `${target}.${randomUUID()}.part`;
      try {
        await mkdir(path.dirname(target), { recursive: true });
        const kept = await writeThrough(part, content);
        await rename(part, target);
        return kept;
      } catch (error) {
        // What is left to clean up must not hide why the write failed.
        await rm(part, { force: true }).catch(() => undefined);
        throw storageError(error);
      }
    },
    async open(key) {
      try {
        const file = await open(place(key), 'r');
        const { size } = await file.stat();
        return { bytes: size, content: Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array> };
      } catch (error) {
        throw storageError(error);
      }
    },
    async read(key) {
      try {
        return await readFile(place(key));
      } catch (error) {
        throw storageError(error);
      }
    },
    remove: (key) => rm(place(key), { force: true }),
  };
}

async function writeThrough(part: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(part, 'wx');
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
