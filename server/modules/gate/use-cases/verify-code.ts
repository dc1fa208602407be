import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { forgiveTurns, takeTurn } from '@/server/platform/rate-limit';
import { lastChallenge } from '../queries';
import { addSession, tryCode } from '../repository';
import { codeHash, looksLikeToken, newSecret, sha256 } from '../rules';
import { CODE_TRIES, codeInput, GATE_SESSION_HOURS } from '../schema';
import { findOpenLink } from './find-open-link';
import type { LinkVisit } from './open-link';
import { recordLinkEvent } from './record-link-event';

/**
 * Tries a code that this browser asked for. Wrong, used, expired, another browser's and never asked are one answer,
 * `wrong_code`. Of many tries at once with the right code one passes. Answers the secret of the session for the cookie.
 * Throws `not_found`, `too_many_tries` (a cap over all codes that a new code does not reset).
 */
export async function verifyCode({
  token,
  browser,
  visitor,
  code,
}: LinkVisit & { code: string }): Promise<{ session: string }> {
  const link = await findOpenLink({ token, addressHash: visitor.addressHash });
  await takeTurn('otp-verify', link.doctorId);
  const known = browser !== null && looksLikeToken(browser);
  const challenge = await lastChallenge(link.linkId, sha256(known ? browser : newSecret()));
  // A code of the wrong form is tried like any other: it costs a try and takes as long.
  const given = codeInput.safeParse(code).data ?? 'none';
  const challengeId = challenge?.id ?? crypto.randomUUID();
  const attempt = { challengeId, codeHash: codeHash(challengeId, given, env().OTP_KEY), tries: CODE_TRIES };
  const actor: Actor = { kind: 'system', id: 'gate', correlationId: visitor.correlationId };
  const session = newSecret();
  const passed = await inTransaction(async (tx) => {
    const outcome = await tryCode(tx, attempt);
    const right = outcome?.right === true;
    const kind = right ? 'verified' : 'failed';
    await recordLinkEvent(tx, { linkId: link.linkId, kind, visitor, detail: { challengeId: challenge?.id ?? null } });
    const entity = { entity: 'statement-link', entityId: link.linkId, detail: { challengeId: challenge?.id ?? null } };
    await recordAudit(tx, { actor, action: `otp.${kind}`, ...entity });
    if (right) await addSession(tx, { linkId: link.linkId, tokenHash: sha256(session), hours: GATE_SESSION_HOURS });
    return right;
  });
  if (!passed) throw new PortalError('unauthenticated', 'wrong_code');
  await forgiveTurns('otp-verify', link.doctorId);
  return { session };
}
