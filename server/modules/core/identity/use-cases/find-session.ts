import { env } from '@/server/platform/env';
import { findLiveSession, touchSession } from '../repository';
import { hashOfSecret } from '../rules';
import type { LiveSession } from '../schema';

/**
 * The session behind a cookie and whose it is, or null where it has ended. Asked of the database on each request and kept
 * nowhere between two: what ends a session in one process ends it in all. `attended`: somebody did something, so that the
 * idle time restarts.
 */
export async function findSession({
  secret,
  attended,
}: {
  secret: string;
  attended: boolean;
}): Promise<LiveSession | null> {
  const found = await findLiveSession(hashOfSecret(secret), env().SESSION_IDLE_MINUTES);
  if (!found) return null;
  const { stale, ...session } = found;
  if (stale && attended) await touchSession(session.id);
  return session;
}
