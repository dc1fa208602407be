import { type GateSession, sessionByHash } from '../queries';
import { looksLikeToken, sha256 } from '../rules';

/**
 * The doctor behind a gate cookie, or null where the session has ended, the link was revoked or has expired, or its statement
 * or its doctor is no longer in force. Asked on each request: a revoked link closes at once.
 */
export async function resolveGateSession({ token }: { token: string }): Promise<GateSession | null> {
  if (!looksLikeToken(token)) return null;
  return sessionByHash(sha256(token));
}
