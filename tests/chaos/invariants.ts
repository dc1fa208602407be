import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '@/scripts/lib/paths.mjs';
import type { Instance } from './instance';
import type { Acknowledged } from './load/cashiers';
import type { Refusals } from './load/persist';
import type { Written } from './load/uploads';

export type Seen = {
  sold: readonly Acknowledged[];
  written: readonly Written[];
  published: readonly string[];
  refusals: Refusals;
  left: { what: string; count: number }[];
  supervisorsEnded: number;
};

/** One line of the table: what must hold, how much was looked at, and how often it does not. */
export type Line = { name: string; looked: number; broken: number; note?: string };

type Count = { looked: number; broken: number };

/** Each is one statement that counts what was looked at and what is wrong. Nothing is under way any more: there is no "not yet". */
const COUNTS: [name: string, sql: string][] = [
  [
    'sales: lines add up to the order, payments to its total',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE (o.list_total, o.discount_total, o.net_total) IS DISTINCT FROM (l.list, l.discount, l.net)
       OR o.terms = 'immediate' AND o.settled_at IS NOT NULL AND o.net_total <> coalesce(p.paid, 0) + coalesce(g.unpaid, 0))::int AS broken
     FROM orders o
     CROSS JOIN LATERAL (SELECT sum(list_price) AS list, sum(discount) AS discount, sum(net) AS net FROM order_line l WHERE l.order_id = o.id) l
     CROSS JOIN LATERAL (SELECT sum(amount) AS paid FROM payment p WHERE p.order_id = o.id AND p.refund_id IS NULL) p
     CROSS JOIN LATERAL (SELECT sum((SELECT -sum(l.net) FROM refund_line l WHERE l.refund_id = r.id) - r.paid_back) AS unpaid FROM refund r WHERE r.order_id = o.id) g`,
  ],
  [
    'order numbers are unique',
    `SELECT count(*)::int AS looked, (count(*) - count(DISTINCT number))::int AS broken FROM orders`,
  ],
  [
    'every order has one accession number of its own',
    `SELECT count(*)::int AS looked, (count(*) - count(DISTINCT accession))::int AS broken FROM orders`,
  ],
  [
    'drawers balance',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE sum <> 0)::int AS broken
     FROM (SELECT sum(amount) FROM drawer_entry GROUP BY movement_id) m`,
  ],
  [
    'books balance',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE sum <> 0)::int AS broken
     FROM (SELECT sum(amount) FROM revenue_posting GROUP BY posting_id) p`,
  ],
  [
    'every settled sale of a till is in the books once',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE n <> 1)::int AS broken FROM (
       SELECT (SELECT count(DISTINCT posting_id) FROM revenue_posting p WHERE p.order_id = o.id) AS n
       FROM orders o WHERE source = 'pos' AND settled_at IS NOT NULL AND net_total > 0) o`,
  ],
  [
    'every order for the laboratory is there once, with its receipt',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE NOT EXISTS (SELECT FROM effect_receipt r
       WHERE r.effect_key = 'lis-order:' || substr(m.id, 1)))::int AS broken
     FROM (SELECT o.id::text AS id FROM integration_message m JOIN orders o ON 'order-' || o.accession = m.message_key) m`,
  ],
  [
    'one statement a doctor and month',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE n > 1)::int AS broken FROM (
       SELECT count(*) AS n FROM statement WHERE state <> 'superseded' GROUP BY period_id, doctor_id) s`,
  ],
  [
    'every sealed statement has both PDFs',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE n < 2)::int AS broken FROM (
       SELECT (SELECT count(DISTINCT language) FROM document d WHERE d.kind = 'statement' AND d.owner_id = s.id) AS n
       FROM statement s WHERE content_hash IS NOT NULL AND state <> 'superseded') s`,
  ],
  [
    'every published statement was announced',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE NOT EXISTS (SELECT FROM message m
       WHERE m.dedupe_key = 'statement-published:' || s.id))::int AS broken FROM statement s WHERE state IN ('published', 'paid')`,
  ],
  [
    'every message was sent, or failed with a reason',
    `SELECT count(*)::int AS looked, count(*) FILTER (WHERE state = 'queued' OR state = 'failed' AND failure IS NULL)::int AS broken FROM message`,
  ],
  [
    'nothing is claimed any more',
    `SELECT (SELECT count(*) FROM message)::int AS looked, ((SELECT count(*) FROM message WHERE claimed_until IS NOT NULL)
       + (SELECT count(*) FROM otp_challenge WHERE claimed_until IS NOT NULL AND sent_at IS NULL AND expires_at > now())
       + (SELECT count(*) FROM upload WHERE state IN ('checking', 'committing')))::int AS broken`,
  ],
];

async function salesAreThere(instance: Instance, sold: readonly Acknowledged[]): Promise<Line> {
  const rows = await instance.ask<{ key: string; number: string; n: number }>(
    `SELECT client_key AS key, min(number) AS number, count(*)::int AS n FROM orders WHERE client_key = ANY ($1::uuid[]) GROUP BY 1`,
    [sold.map(({ clientKey }) => clientKey)],
  );
  const stored = new Map(rows.map((row) => [row.key, row]));
  const broken = sold.filter(({ clientKey, number }) => {
    const found = stored.get(clientKey);
    return found?.n !== 1 || found.number !== number;
  }).length;
  return { name: 'every acknowledged sale is there exactly once', looked: sold.length, broken };
}

async function uploadsAreWhole(instance: Instance, written: readonly Written[]): Promise<Line> {
  let broken = 0;
  for (const { id, reference, rows } of written) {
    const [found] = await instance.ask<{ state: string; outcomes: number; orders: number; named: number }>(
      `SELECT state, (SELECT count(*)::int FROM upload_outcome t WHERE t.upload_id = u.id) AS outcomes,
         (SELECT count(*)::int FROM orders o WHERE o.upload_id = u.id) AS orders,
         (SELECT count(*)::int FROM orders o WHERE o.external_ref LIKE $2 || '-%') AS named FROM upload u WHERE id = $1`,
      [id, reference],
    );
    const isWhole =
      found?.state === 'committed' && [found.outcomes, found.orders, found.named].every((n) => n === rows);
    if (!isWhole) broken += 1;
  }
  return { name: 'every upload has exactly its rows', looked: written.length, broken };
}

async function filesAreThere(instance: Instance): Promise<Line> {
  const documents = await instance.ask<{ key: string; sha256: string }>(
    `SELECT storage_key AS key, sha256 FROM document`,
  );
  const folder = instance.runtime.environment.FILES_DIR ?? '';
  let broken = 0;
  for (const { key, sha256 } of documents) {
    const bytes = await readFile(path.join(folder, key)).catch(() => null);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) broken += 1;
  }
  return { name: 'every document has its file, with its hash', looked: documents.length, broken };
}

/** What a command of the portal prints, whatever its exit code. */
function portal(...words: string[]): Promise<Record<string, unknown>> {
  const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
  execFile(process.execPath, [inRoot('scripts/portal.mjs'), ...words], { maxBuffer: 64 * 1024 * 1024 }, (_, out) => {
    try {
      resolve(JSON.parse(out));
    } catch {
      resolve({ unreadable: out.slice(0, 300) });
    }
  });
  return promise;
}

async function auditIsIntact(): Promise<Line> {
  const verdict = await portal('audit', 'verify');
  const isIntact = verdict.intact === true;
  const note = isIntact ? {} : { note: JSON.stringify(verdict).slice(0, 200) };
  return { name: 'the audit chain is intact', looked: Number(verdict.entries ?? 0), broken: isIntact ? 0 : 1, ...note };
}

async function doctorFindsNothing(): Promise<Line> {
  const { ok, findings = [], unchecked = [] } = await portal('doctor', '--all');
  const found = [...(findings as { invariant: string; count: number }[])];
  const note = [...found.map(({ invariant, count }) => `${invariant} ${count}`), ...(unchecked as string[])].join(', ');
  return { name: 'portal doctor finds nothing', looked: 1, broken: ok === true ? 0 : 1, ...(note ? { note } : {}) };
}

async function nothingLeaked(): Promise<Line> {
  const [{ searchFor }, { secretsOfInstance, tracesOfInstance }] = await Promise.all([
    import('../e2e/support/leaks'),
    import('../e2e/support/traces'),
  ]);
  const search = searchFor(await secretsOfInstance());
  const traces = await tracesOfInstance();
  const found = new Set(
    traces.flatMap(({ place, texts }) => texts.flatMap((text) => search(text).map((what) => `${what} in ${place}`))),
  );
  const looked = traces.reduce((sum, { texts }) => sum + texts.length, 0);
  return {
    name: 'no secret, name, phone, code in logs and events',
    looked,
    broken: found.size,
    ...(found.size ? { note: [...found].join(', ') } : {}),
  };
}

/** Everything that must hold once nothing is under way. */
export async function checkInvariants(instance: Instance, seen: Seen): Promise<Line[]> {
  const { sold, written, refusals, left, supervisorsEnded } = seen;
  const lines: Line[] = [
    {
      name: 'all work came to its end',
      looked: 1,
      broken: left.length,
      note: left.map(({ what, count }) => `${count} ${what}`).join(', '),
    },
    { name: 'the supervisor ended only when it was killed', looked: 1, broken: supervisorsEnded },
    {
      name: 'no refusal was without a name',
      looked: 1,
      broken: refusals.of('internal') + refusals.of('500'),
      note: `refusals: ${refusals}`,
    },
  ];
  const counted = COUNTS.map(([name, sql]) => async (): Promise<Line> => {
    const [count] = await instance.ask<Count>(sql);
    return { name, looked: count?.looked ?? 0, broken: count?.broken ?? 1 };
  });
  const looks: (() => Promise<Line>)[] = [
    () => salesAreThere(instance, sold),
    () => uploadsAreWhole(instance, written),
    ...counted,
    () => filesAreThere(instance),
    auditIsIntact,
    doctorFindsNothing,
    nothingLeaked,
  ];
  for (const look of looks) lines.push(await look().catch(unlooked));
  return lines;
}

/** What could not be looked at is not taken for sound. */
const unlooked = (error: unknown): Line => ({
  name: 'could not be looked at',
  looked: 0,
  broken: 1,
  note: String(error),
});
