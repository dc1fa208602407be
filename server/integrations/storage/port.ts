import { definePort } from '@/server/platform/port';

/** What was kept: size in bytes and SHA-256 in hex. */
export type StoredFile = { bytes: number; sha256: string };

/**
 * Where files are kept. Keys are relative paths of lower-case words, ids and dots (`statement/<id>/vi-1.pdf`), made by the
 * portal and never by people.
 */
export interface Storage {
  /** Writes the whole file or nothing; a file of the same key is replaced. Throws `storage_unavailable` (retryable). */
  put(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredFile>;
  /** Reads a file as a stream. Throws `file_missing`, `storage_unavailable`. */
  open(key: string): Promise<{ bytes: number; content: ReadableStream<Uint8Array> }>;
  /** Reads a whole file; for small ones. Throws as `open`. */
  read(key: string): Promise<Uint8Array>;
  /** Removes what a writer began and nobody went on with for so many milliseconds; answers how many files. */
  removeUnfinished(olderThanMs: number): Promise<number>;
  /** Removes a file; one that is not there is no error. */
  remove(key: string): Promise<void>;
}

export const storage = definePort<Storage>('storage');
