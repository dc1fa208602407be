import { setTimeout as pause } from 'node:timers/promises';
import { pool } from './db';
import { listen } from './db/listen';
import { logger } from './logger';
import { metrics } from './metrics';
import { subscribeHere } from './notify';

export type CommittedEvent = { id: string; name: string; data: unknown; createdAt: Date };

export type Refused = { id: string; reason: string };

/** Hands events to the background server; resolves once they are safe there, with those that can never be delivered. */
export type Deliver = (events: CommittedEvent[]) => Promise<Refused[]>;

/** Of each name at once, so that a flood of one delays no other. */
const SHARE = 100;
const SWEEP_MS = 3_000;
const LEASE_SECONDS = 30;
/** From one claim to the next: what a rush commits meanwhile goes together. */
const PACE_MS = 10;

/**
 * Carries committed events from the outbox to the background server: at least once, woken by who committed them in this process
 * and by notices of others, with a sweep behind. Several relays share the work; a batch that was claimed and not confirmed is
 * free again after its lease.
 */
export function startOutboxRelay(deliver: Deliver): { stop: () => Promise<void> } {
  const log = logger('relay');
  let stopped = false;
  let pending = true;
  let wake: () => void = () => {};
  const onNotification = () => {
    pending = true;
    wake();
  };
  const unsubscribe = subscribeHere('outbox', onNotification);
  const listener = listen('outbox', onNotification);
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = (async () => {
    while (!stopped) {
      pending = false;
      const claimedAt = performance.now();
      const moved = await relayOnce(deliver).catch((err: unknown) => {
        log.warn({ err }, 'events wait');
        return 0;
      });
      const tookMs = performance.now() - claimedAt;
      if (moved < SHARE && !pending && !stopped) await rest(SWEEP_MS);
      wake = () => {};
      // Half of the time at most: a flood of events waits for a while anyway, somebody at a screen would feel it.
      await pause(moved >= SHARE ? tookMs : Math.max(0, PACE_MS - tookMs));
    }
  })();

  return {
    stop: async () => {
      stopped = true;
      unsubscribe();
      wake();
      await Promise.all([loop, listener.stop()]);
    },
  };
}

const CLAIM = `
  WITH RECURSIVE waiting AS (
    (SELECT name FROM outbox_event WHERE published_at IS NULL ORDER BY name LIMIT 1)
    UNION ALL
    SELECT (SELECT o.name FROM outbox_event o WHERE o.published_at IS NULL AND o.name > w.name ORDER BY o.name LIMIT 1)
    FROM waiting w WHERE w.name IS NOT NULL
  )
  UPDATE outbox_event SET attempts = attempts + 1, not_before = now() + make_interval(secs => $2)
  WHERE id IN (
    SELECT due.id FROM waiting w CROSS JOIN LATERAL (
      SELECT o.id FROM outbox_event o WHERE o.published_at IS NULL AND o.name = w.name AND o.not_before <= now()
      ORDER BY o.not_before, o.id LIMIT $1 FOR UPDATE SKIP LOCKED) due)
  RETURNING id, name, data, created_at AS "createdAt"`;

/** Claims, delivers and confirms one batch; answers how many were delivered. */
export async function relayOnce(deliver: Deliver): Promise<number> {
  const { rows } = await pool().query<CommittedEvent>({
    name: 'claim_events',
    text: CLAIM,
    values: [SHARE, LEASE_SECONDS],
  });
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id);
  let refused: Refused[];
  try {
    refused = await deliver(rows.sort((a, b) => (a.id < b.id ? -1 : 1)));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    await pool().query(
      `UPDATE outbox_event SET last_error = $2, not_before = now() + make_interval(secs => least(60, power(2, least(attempts, 6))))
       WHERE id = ANY($1)`,
      [ids, reason],
    );
    throw error;
  }
  const quarantined = new Set(refused.map(({ id }) => id));
  const delivered = ids.filter((id) => !quarantined.has(id));
  await pool().query('UPDATE outbox_event SET published_at = now(), last_error = NULL WHERE id = ANY($1)', [delivered]);
  if (refused.length > 0) await quarantineForADay(refused);
  metrics().outboxDelivered.inc(delivered.length);
  return rows.length;
}

async function quarantineForADay(refused: Refused[]): Promise<void> {
  await pool().query(
    `UPDATE outbox_event o SET last_error = r.reason, not_before = now() + interval '1 day'
     FROM unnest($1::uuid[], $2::text[]) AS r (id, reason) WHERE o.id = r.id`,
    [refused.map(({ id }) => id), refused.map(({ reason }) => reason)],
  );
  logger('relay').error({ ids: refused.map(({ id }) => id) }, 'events quarantined');
}
