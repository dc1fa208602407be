import { db, joinSql, sql } from '@/server/platform/db';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import type { Page } from '@/server/platform/paging';
import type { EntryRow, ListEntries } from './schema';

const ORDERINGS: Record<'at', Ordering> = { at: { by: sql`e.at`, kind: 'instant' } };

const zone = sql`coalesce((SELECT time_zone FROM organisation WHERE id = 1), 'Asia/Ho_Chi_Minh')`;

/** The audit trail, the newest first unless sorted otherwise. */
export async function listEntries(input: ListEntries): Promise<Page<EntryRow>> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`e.id`, kind: 'id' },
    { sort: input.sort ?? '-at', cursor: input.cursor, only: input.only },
  );
  const conditions = [
    sql`true`,
    ...(input.from ? [sql`e.at >= ${input.from}::date::timestamp AT TIME ZONE ${zone}`] : []),
    ...(input.to ? [sql`e.at < (${input.to}::date + 1)::timestamp AT TIME ZONE ${zone}`] : []),
    ...(input.search
      ? [
          sql`e.entity_id IN (SELECT ${input.search}::text UNION SELECT id::text FROM subject WHERE kind = 'order' AND label = upper(${input.search}))`,
        ]
      : []),
    ...after,
  ];
  // Who and what is looked up for the rows of the page alone: joined as a whole, all orders there are would be walked through.
  const rows = await db().$queryRaw<(EntryRow & { sortValue: string })[]>(sql`
    SELECT e.id, e.at, e.actor_kind AS "actorKind", u.name AS "actorName", e.action, e.entity, e.entity_id AS "entityId",
      b.code AS "branchCode", s.label, s.address, ${value}
    FROM (SELECT * FROM audit_entry e WHERE ${joinSql(conditions, ' AND ')} ORDER BY ${order} LIMIT ${input.limit + 1}) e
    LEFT JOIN app_user u ON e.actor_kind = 'user' AND u.id::text = e.actor_id
    LEFT JOIN branch b ON b.id = e.branch_id
    LEFT JOIN LATERAL (
      SELECT label, address FROM subject
      WHERE subject.kind = e.entity AND subject.id = CASE WHEN pg_input_is_valid(e.entity_id, 'uuid') THEN e.entity_id::uuid END LIMIT 1
    ) s ON true
    ORDER BY ${order}`);
  return toPage(rows, input.limit, (row) => row.id);
}
