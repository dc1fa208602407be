import { db, rawSql, type Sql, sql } from '@/server/platform/db';
import type { Invariant } from './schema';

/** Longer than anything that waits its turn on a busy day; a claim holds for a minute. */
const CLAIM = rawSql(`interval '5 minutes'`);
const SOON = rawSql(`interval '15 minutes'`);
const LATER = rawSql(`interval '1 hour'`);

/** Rows of the last hours, by an id that carries its time (uuidv7), so that the key's own index finds them. */
const within = (id: string, hours: number | null): Sql =>
  hours === null ? sql`true` : sql`${rawSql(id)} > uuidv7(make_interval(hours => ${-hours}::int))`;

/** Nobody works on it: no open run of a function is about it. */
const unattended = (id: string): Sql => sql`NOT EXISTS (SELECT FROM background_run r
  WHERE r.subject_ids @> ARRAY[${rawSql(id)}::text] AND r.state IN ('running', 'retrying', 'paused'))`;

type Look = (hours: number | null) => Sql;

/** Open work, by what is left of it: few rows, however old. Each selects `id` and `at`. */
const open: Partial<Record<Invariant, Look>> = {
  'messages-abandoned': () => sql`
    SELECT id, claimed_until AS at FROM message WHERE state = 'queued' AND claimed_until < now() - ${CLAIM}`,
  'messages-waiting': () => sql`
    SELECT id, created_at AS at FROM message m WHERE state = 'queued' AND claimed_until IS NULL AND created_at < now() - ${LATER}
      AND NOT EXISTS (SELECT FROM background_run r WHERE r.function_id = 'notifications' AND r.state IN ('running', 'retrying', 'paused')
        AND r.subject_ids && ARRAY[m.params ->> 'orderId', m.params ->> 'linkId'])`,
  'codes-abandoned': () => sql`
    SELECT id, claimed_until AS at FROM otp_challenge WHERE id > uuidv7(interval '-1 day') AND sent_at IS NULL AND used_at IS NULL
      AND claimed_until < now() - ${CLAIM}`,
  'checks-abandoned': () => sql`
    SELECT id, state_at AS at FROM upload WHERE kind = 'orders' AND state = 'checking' AND state_at < now() - ${CLAIM}
      AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
        AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(upload.id::text, 1000))`,
  'uploads-abandoned': () => sql`
    SELECT id, state_at AS at FROM upload u WHERE kind = 'orders' AND state = 'committing' AND state_at < now() - ${SOON}
      AND NOT EXISTS (SELECT FROM background_run r WHERE r.subject_kind = 'upload' AND r.state IN ('running', 'retrying', 'paused')
        AND r.tier = u.tier)`,
  'months-abandoned': () => sql`
    SELECT id, requested_at AS at FROM statement_run m WHERE state IN ('requested', 'running') AND requested_at < now() - ${SOON}
      AND ${unattended('m.id')}`,
  'events-waiting': () => sql`
    SELECT id, created_at AS at FROM outbox_event WHERE published_at IS NULL AND created_at < now() - ${CLAIM}
      AND not_before < now() + ${LATER}`,
  'events-refused': () => sql`
    SELECT id, created_at AS at FROM outbox_event WHERE published_at IS NULL AND not_before >= now() + ${LATER}`,
  'runs-silent': () => sql`
    SELECT run_id AS id, last_seen_at AS at FROM background_run WHERE state = 'running' AND last_seen_at < now() - ${LATER}`,
};

/** What has followed, or should have: rows of the window. */
const followed: Partial<Record<Invariant, Look>> = {
  'orders-unprepared': (hours) => sql`
    SELECT id, created_at AS at FROM orders o WHERE ${within('o.id', hours)} AND created_at < now() - ${LATER} AND accession IS NULL
      AND ${unattended('o.id')}`,
  'orders-unbooked': (hours) => sql`
    SELECT id, settled_at AS at FROM orders o WHERE ${within('o.id', hours)} AND source = 'pos' AND settled_at < now() - ${LATER}
      AND NOT EXISTS (SELECT FROM effect_receipt r WHERE r.effect_key = 'revenue-order:' || o.id) AND ${unattended('o.id')}`,
  'notices-missing': (hours) => sql`
    SELECT id, published_at AS at FROM statement s WHERE state IN ('published', 'paid') AND published_at < now() - ${LATER}
      AND (${hours}::int IS NULL OR published_at > now() - make_interval(hours => ${hours}::int))
      AND NOT EXISTS (SELECT FROM message m WHERE m.dedupe_key = 'statement-published:' || s.id)`,
  'sums-differ': (hours) => sql`
    SELECT id, created_at AS at FROM orders o CROSS JOIN LATERAL (
      SELECT sum(list_price) AS list, sum(discount) AS discount, sum(net) AS net FROM order_line l WHERE l.order_id = o.id) l
    WHERE ${within('o.id', hours)} AND (o.list_total, o.discount_total, o.net_total) IS DISTINCT FROM (l.list, l.discount, l.net)`,
  // A cart holds a service once, and so does a row of a sheet: an order that costs nothing adds up however often its lines were written.
  'lines-twice': (hours) => sql`
    SELECT id, created_at AS at FROM orders o WHERE ${within('o.id', hours)}
      AND EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id GROUP BY l.service_id HAVING count(*) > 1)`,
  'payments-differ': (hours) => sql`
    SELECT id, settled_at AS at FROM orders o WHERE ${within('o.id', hours)} AND terms = 'immediate' AND settled_at IS NOT NULL
      AND net_total <> coalesce((SELECT sum(amount) FROM payment p WHERE p.order_id = o.id AND p.refund_id IS NULL), 0)
        + coalesce((SELECT -sum(l.net) FROM refund r JOIN refund_line l ON l.refund_id = r.id WHERE r.order_id = o.id), 0)
        - coalesce((SELECT sum(r.paid_back) FROM refund r WHERE r.order_id = o.id), 0)`,
  'drawer-unbalanced': (hours) => sql`
    SELECT movement_id AS id, min(at) AS at FROM drawer_entry d WHERE ${within('d.id', hours)} GROUP BY movement_id HAVING sum(amount) <> 0`,
  'books-unbalanced': (hours) => sql`
    SELECT posting_id AS id, min(at) AS at FROM revenue_posting p WHERE ${within('p.id', hours)} GROUP BY posting_id HAVING sum(amount) <> 0`,
  'numbers-twice': (hours) => sql`
    SELECT number AS id, min(created_at) AS at FROM orders o WHERE ${within('o.id', hours)} GROUP BY number HAVING count(*) > 1
    UNION ALL SELECT accession, min(created_at) FROM orders o WHERE ${within('o.id', hours)} AND accession IS NOT NULL
      GROUP BY accession HAVING count(*) > 1`,
  'rows-differ': (hours) => sql`
    SELECT id, finished_at AS at FROM upload u WHERE kind = 'orders' AND state = 'committed' AND ${within('u.id', hours)} AND (
      written <> valid OR rows <> valid + invalid
      OR written <> (SELECT count(*) FROM upload_outcome t WHERE t.upload_id = u.id)
      OR written <> (SELECT count(*) FROM orders o WHERE o.upload_id = u.id))`,
  'statements-twice': () => sql`
    SELECT min(id::text) AS id, min(created_at) AS at FROM statement WHERE state <> 'superseded'
    GROUP BY period_id, doctor_id HAVING count(*) > 1`,
  'audit-unsealed': (hours) => sql`
    SELECT id, at FROM audit_entry e WHERE ${within('e.id', hours)} AND at < now() - ${SOON}
      AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)`,
};

const looks = { ...open, ...followed };

/** Invariants that one statement of SQL looks for. */
export const lookedForBySql = Object.keys(looks) as Invariant[];

export type Broken = { id: string; at: Date | null };

/** The first rows that break an invariant. Throws where that takes longer than `withinMs`. */
export async function findBroken(
  invariant: Invariant,
  { hours, limit, withinMs }: { hours: number | null; limit: number; withinMs: number },
): Promise<Broken[]> {
  const look = looks[invariant];
  if (!look) return [];
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw(sql`SELECT set_config('statement_timeout', ${String(withinMs)}, true)`);
      return tx.$queryRaw<Broken[]>(sql`SELECT id::text AS id, at FROM (${look(hours)}) broken LIMIT ${limit}`);
    },
    { timeout: withinMs + 5_000, maxWait: 5_000 },
  );
}

export type FileOfDocument = { id: string; at: Date; storageKey: string; sha256: string };

/** The newest documents, one a row, from before the id `before`. */
export async function documentsBefore(
  before: string | null,
  { hours, limit }: { hours: number | null; limit: number },
): Promise<FileOfDocument[]> {
  return db().$queryRaw<FileOfDocument[]>(sql`
    SELECT id, created_at AS at, storage_key AS "storageKey", sha256 FROM document d
    WHERE ${within('d.id', hours)} AND (${before}::uuid IS NULL OR id < ${before}::uuid) ORDER BY id DESC LIMIT ${limit}`);
}
