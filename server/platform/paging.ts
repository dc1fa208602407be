import { z } from 'zod';
import { searchText } from '@/server/domain/fields';

/** A page of a keyset list: rows after `cursor`, an opaque text that the page before gave. */
export const pageInput = z.object({
  search: searchText.optional(),
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});

export type Page<Row> = { rows: Row[]; nextCursor: string | null };

/** Makes and reads cursors: the sort values of the last row, as JSON in base64url. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

export function decodeCursor(cursor: string | null | undefined): string[] | null {
  if (!cursor) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values.map(String) : null;
  } catch {
    return null;
  }
}

/** Cuts the one row that was read beyond the limit and makes the cursor of the next page from the last row kept. */
export function toPage<Row>(rows: Row[], limit: number, key: (row: Row) => readonly (string | number)[]): Page<Row> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept, nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null };
}
