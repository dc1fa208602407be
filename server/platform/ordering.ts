import { joinSql, type Sql, sql } from './db';
import { PortalError } from './errors';
import { decodeCursor, encodeCursor, type Page, type Sort } from './paging';

/** What a list may be sorted by: SQL that is never null, and of which kind, so that a cursor can carry it. */
export type Ordering = { by: Sql; kind: 'instant' | 'amount' | 'code' | 'text' };

const TYPES = { instant: sql`timestamptz`, amount: sql`bigint`, code: sql`text`, text: sql`text`, id: sql`uuid` };

export type Ordered = {
  /** `"sortValue"` of a row, for its cursor. */
  value: Sql;
  /** What the rows after the cursor fulfil, and those that were selected where some were. */
  after: Sql[];
  order: Sql;
  toPage: <Row extends { sortValue: string }>(
    rows: readonly Row[],
    limit: number,
    idOf: (row: Row) => string,
  ) => Page<Omit<Row, 'sortValue'>>;
};

/**
 * A list's keyset in the order that was asked for, with ties broken by `tie`. A cursor belongs to one order: with another it is refused
 * (`bad_cursor`), since it would skip rows.
 */
export function inOrder<Name extends string>(
  orderings: Readonly<Record<Name, Ordering>>,
  tie: { by: Sql; kind: 'id' | 'code' },
  asked: { sort: Sort<Name>; cursor?: string | null | undefined; only?: readonly string[] | undefined },
): Ordered {
  const descending = asked.sort.startsWith('-');
  const { by, kind } = orderings[(descending ? asked.sort.slice(1) : asked.sort) as Name];
  const direction = descending ? sql`DESC` : sql`ASC`;
  const last = decodeCursor(asked.cursor, ['code', kind, tie.kind]);
  if (last && last[0] !== asked.sort) throw new PortalError('invalid', 'bad_cursor');
  return {
    value: sql`(${by})::text AS "sortValue"`,
    after: [
      ...(last
        ? [
            sql`(${by}, ${tie.by}) ${descending ? sql`<` : sql`>`} (${last[1]}::${TYPES[kind]}, ${last[2]}::${TYPES[tie.kind]})`,
          ]
        : []),
      ...(asked.only ? [sql`${tie.by}::text = ANY (${asked.only as string[]})`] : []),
    ],
    order: joinSql([sql`${by} ${direction}`, sql`${tie.by} ${direction}`], ', '),
    toPage: (rows, limit, idOf) => {
      const kept = rows.slice(0, limit);
      const end = kept.at(-1);
      return {
        rows: kept.map(({ sortValue: _, ...row }) => row),
        nextCursor: rows.length > limit && end ? encodeCursor([asked.sort, end.sortValue, idOf(end)]) : null,
      };
    },
  };
}
