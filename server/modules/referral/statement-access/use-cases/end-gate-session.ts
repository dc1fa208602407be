import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { endSession } from '../repository';
import { looksLikeToken, sha256 } from '../rules';

/** Ends a doctor's session: its cookie opens nothing afterwards. An unknown session is no error. */
export async function endGateSession({
  token,
  correlationId,
}: {
  token: string;
  correlationId: string;
}): Promise<void> {
  if (!looksLikeToken(token)) return;
  await inTransaction(async (tx) => {
    const ended = await endSession(tx, sha256(token));
    if (!ended) return;
    const actor = { kind: 'system', id: 'gate', correlationId } as const;
    const detail = { linkId: ended.linkId };
    await recordAudit(tx, { actor, action: 'gate-session.ended', entity: 'gate-session', entityId: ended.id, detail });
  });
}
