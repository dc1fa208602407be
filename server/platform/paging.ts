import { z } from 'zod';
import { searchText } from '@/server/domain/fields';
import { PortalError } from './errors';

/** A page of a keyset list: rows after `cursor`, an opaque text that the page before gave. */
export const pageInput = z.object({
  search: searchText.optional(),
  cursor: z.string().max(1_000).nullish(),
  limit: z.number().int().min(1).max(200).default(50),
  /** These rows alone, by their ids: what was selected. */
  only: z.array(z.string().min(1).max(64)).min(1).max(200).optional(),
});

/** `name` ascends, `-name` descends. */
export type Sort<Name extends string> = Name | `-${Name}`;

/** The sorts that a list knows, for its input. */
export const sortInput = <const Name extends string>(names: readonly [Name, ...Name[]]) =>
  z.enum([...names, ...names.map((name) => `-${name}` as const)] as [Sort<Name>, ...Sort<Name>[]]).optional();

export type Page<Row> = { rows: Row[]; nextCursor: string | null };

/** The sort values of a page's last row, as JSON in base64url. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

const kinds = {
  id: z.uuid(),
  /** As PostgreSQL writes it: microseconds count, since many rows may share a millisecond. */
  instant: z.string().regex(/^(?!0000)\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/),
  code: z.string().min(1).max(100),
  /** Minor units, or a count. */
  amount: z.string().regex(/^-?\d{1,18}$/),
  text: z.string().max(300),
};

type Values<Kinds extends readonly (keyof typeof kinds)[]> = { [Place in keyof Kinds]: string };

function parsed(cursor: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

/** The sort values of the row that a page starts after, null for the first page. Throws `bad_cursor` (invalid) for what is none. */
export function decodeCursor<const Kinds extends readonly (keyof typeof kinds)[]>(
  cursor: string | null | undefined,
  expected: Kinds,
): Values<Kinds> | null {
  if (!cursor) return null;
  const values = parsed(cursor);
  const fits =
    values.length === expected.length && expected.every((kind, at) => kinds[kind].safeParse(values[at]).success);
  if (!fits || values.some((value) => String(value).includes('\0'))) throw new PortalError('invalid', 'bad_cursor');
  return values as Values<Kinds>;
}

/** Cuts the one row that was read beyond the limit and makes the cursor of the next page from the last row kept. */
export function toPage<Row>(rows: Row[], limit: number, key: (row: Row) => readonly (string | number)[]): Page<Row> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept, nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null };
}
