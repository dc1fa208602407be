import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { publish } from '@/server/platform/outbox';
import { takeTurn } from '@/server/platform/rate-limit';
import type { OpenLink } from '../queries';
import { addChallenge } from '../repository';
import { looksLikeToken, newSecret, recipientKey, sha256 } from '../rules';
import { type Channel, CODE_MINUTES } from '../schema';
import { findOpenLink } from './find-open-link';
import type { LinkVisit } from './open-link';
import { recordLinkEvent } from './record-link-event';

/**
 * Asks for a code by a channel. The code is made and sent in the background, so the answer and its time are the same whether
 * a number exists, is wrong, or was never given. Answers the secret for the browser's cookie. Throws `not_found`,
 * `too_many_tries` (30 s between sends, 5 an hour a number, 20 an hour an address).
 */
export async function requestCode({
  token,
  browser,
  visitor,
  channel,
}: LinkVisit & { channel: Channel }): Promise<{ browser: string }> {
  const link = await findOpenLink({ token, addressHash: visitor.addressHash });
  await takeSendingTurns(link, channel, visitor.addressHash);
  const secret = browser && looksLikeToken(browser) ? browser : newSecret();
  const actor: Actor = { kind: 'system', id: 'gate', correlationId: visitor.correlationId };
  await inTransaction(async (tx) => {
    const challengeId = await addChallenge(tx, {
      linkId: link.linkId,
      channel,
      browserHash: sha256(secret),
      address: visitor.addressHash,
      minutes: CODE_MINUTES,
    });
    await recordLinkEvent(tx, {
      linkId: link.linkId,
      kind: 'otp-requested',
      visitor,
      detail: { challengeId, channel },
    });
    const detail = { linkId: link.linkId, channel };
    await recordAudit(tx, { actor, action: 'otp.requested', entity: 'otp-challenge', entityId: challengeId, detail });
    await publish(tx, 'otp/requested', { challengeId });
  });
  return { browser: secret };
}

async function takeSendingTurns(link: OpenLink, channel: Channel, addressHash: string): Promise<void> {
  // The pause is the doctor's, so that switching the channel does not shorten it; a number may belong to several doctors.
  await takeTurn('otp-send', link.doctorId);
  await takeTurn('otp-address', addressHash);
  const asked = channel === 'sms' ? link.phone : link.email;
  const recipient = asked ?? link.phone ?? link.email ?? link.doctorId;
  await takeTurn('otp-hour', recipientKey(recipient, env().OTP_KEY));
}
