import { createHash } from 'node:crypto';

const LONGEST = 300;

/** A text as a key of the database, whose index rows hold some 2,700 bytes: a long one is known by its hash. */
export function indexable(text: string): string {
  return text.length <= LONGEST ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
