import { db, sql } from '@/server/platform/db';
import { organisation } from '@/server/platform/organisation';
import type { Cause, Lane, Overview } from './schema';

/** What is stuck now, grouped by cause; an empty list is a quiet day. An event counts as waiting after ten seconds. */
async function findCauses(): Promise<Cause[]> {
  return db().$queryRaw<Cause[]>(sql`
    SELECT 'events-waiting' AS kind, count(*)::int AS count, min(created_at) AS since, NULL::bigint AS money
    FROM outbox_event WHERE published_at IS NULL AND not_before <= now() + interval '1 hour' AND created_at < now() - interval '10 seconds'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'events-set-aside', count(*)::int, min(created_at), NULL
    FROM outbox_event WHERE published_at IS NULL AND not_before > now() + interval '1 hour' HAVING count(*) > 0
    UNION ALL
    SELECT 'uploads-failed', count(*)::int, min(created_at), sum(net_total)::bigint
    FROM upload WHERE state = 'failed' AND created_at > now() - interval '30 days' HAVING count(*) > 0
    UNION ALL
    SELECT 'statement-runs-failed', count(*)::int, min(requested_at), NULL
    FROM statement_run r WHERE state = 'failed'
      AND NOT EXISTS (SELECT FROM statement_run later WHERE later.period_id = r.period_id AND later.requested_at > r.requested_at)
    HAVING count(*) > 0
    UNION ALL
    SELECT 'messages-failed', count(*)::int, min(created_at), NULL
    FROM message WHERE state = 'failed' AND created_at > now() - interval '30 days' HAVING count(*) > 0`);
}

async function readLanes(): Promise<Lane[]> {
  return db().$queryRaw<Lane[]>(sql`
    SELECT tier,
      (count(u.id) FILTER (WHERE u.state = 'committing'))::int AS waiting,
      coalesce(sum(u.valid - u.written) FILTER (WHERE u.state = 'committing'), 0)::int AS "rowsLeft",
      coalesce(sum(u.written) FILTER (WHERE u.finished_at > now() - interval '1 hour'), 0)::int AS "rowsLastHour"
    FROM (VALUES ('standard', 1), ('vip1', 2), ('svip1', 3), ('svip2', 4)) AS lane (tier, place)
    LEFT JOIN upload u USING (tier)
    GROUP BY tier, place ORDER BY place`);
}

export async function readOverview(): Promise<Overview> {
  const [causes, lanes, relay, { currency }] = await Promise.all([
    findCauses(),
    readLanes(),
    db().instanceFact.findUnique({ where: { key: 'relay' }, select: { at: true } }),
    organisation(),
  ]);
  return { causes, lanes, relaySeenAt: relay?.at ?? null, currency };
}
