import { createHash } from 'node:crypto';

const LONGEST = 300;

/**
 * A text as a key of the database: without NUL, which no column takes, and a long one by its hash, since rows of an index hold
 * some 2,700 bytes.
 */
export function indexable(text: string): string {
  if (text.length > LONGEST) return `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return text.replaceAll('\0', '');
}
