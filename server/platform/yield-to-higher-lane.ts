import { setTimeout as delay } from 'node:timers/promises';
import { pool } from './db';

/** One stuck upload starves no other work. */
const AT_MOST_MS = 2_000;
const BETWEEN_LOOKS_MS = 25;

/**
 * Waits while an upload of a higher tier is in its first minute, two seconds at most: somebody sits before it. Holds neither a
 * connection nor a lock meanwhile.
 */
export async function yieldToHigherLane(): Promise<void> {
  const until = Date.now() + AT_MOST_MS;
  while (Date.now() < until && (await isHigherLaneBusy())) await delay(BETWEEN_LOOKS_MS);
}

async function isHigherLaneBusy(): Promise<boolean> {
  const { rows } = await pool().query<{ busy: boolean }>('SELECT is_higher_lane_busy() AS busy');
  return rows[0]?.busy ?? false;
}
