import { deliverText } from '@/server/modules/core/notifications/public/deliver-text';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { claimChallenge, claimSecondsLeft, settleChallenge } from '../repository';
import { codeHash, newCode } from '../rules';
import { CODE_MINUTES } from '../schema';

/** Longer than any gateway is waited for, both channels together. */
const CLAIM_SECONDS = 60;

/**
 * Makes a code and sends it by the asked channel, else by the other. The code exists in this call alone: its keyed hash is
 * stored before it leaves, and another try makes another code. A challenge that was sent, used or ran out is left alone. Throws
 * `sms_unavailable` or `email_unavailable` (retryable), `no_channel`, and `being_sent` (retryable) while another sender has it.
 */
export async function sendOtp({
  actor,
  challengeId,
}: {
  actor: Actor;
  challengeId: string;
}): Promise<{ sent: boolean }> {
  const code = newCode();
  const hash = codeHash(challengeId, code, env().OTP_KEY);
  const claim = { challengeId, codeHash: hash, minutes: CODE_MINUTES, seconds: CLAIM_SECONDS };
  const claimed = await inTransaction((tx) => claimChallenge(tx, claim));
  if (!claimed) return leaveToOther(challengeId);
  try {
    const { channel } = await deliverText({
      // A key of its own for each try: its text is another, and a gateway must not take it for a repeat.
      key: `otp-${crypto.randomUUID()}`,
      prefer: claimed.channel,
      recipients: claimed,
      text: { template: 'otp', language: claimed.language, params: { code, minutes: CODE_MINUTES } },
    });
    await inTransaction(async (tx) => {
      await settleChallenge(tx, challengeId, channel);
      const detail = { linkId: claimed.linkId, channel };
      await recordAudit(tx, { actor, action: 'otp.sent', entity: 'otp-challenge', entityId: challengeId, detail });
    });
    return { sent: true };
  } catch (error) {
    await inTransaction((tx) => settleChallenge(tx, challengeId, null));
    throw error;
  }
}

/** Another sender may have died with its claim: a caller that finds a claim retries when it has expired. */
async function leaveToOther(challengeId: string): Promise<{ sent: false }> {
  const seconds = await claimSecondsLeft(challengeId);
  if (seconds === null) return { sent: false };
  throw new PortalError('unavailable', 'being_sent', { params: { seconds: seconds + 1 } });
}
