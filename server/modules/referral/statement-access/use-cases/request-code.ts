import { otpRequested } from '@/inngest/events/referral/statement-access';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { notFound } from '@/server/platform/errors';
import { publish } from '@/server/platform/outbox';
import { recordLinkEvent } from '../public/record-link-event';
import { knownBrowser, type OpenLink } from '../queries';
import { addChallenge, type Caller, lockLimits, lockOpenLink } from '../repository';
import { looksLikeToken, newSecret, recipientKey, sha256 } from '../rules';
import { type Channel, CODE_MINUTES } from '../schema';
import { enforceLimits } from './enforce-limits';
import { findOpenLink } from './find-open-link';
import type { LinkVisit } from './open-link';

/**
 * Asks for a code by a channel. The code is made and sent in the background, so the answer and its time are the same whether
 * a number exists, is wrong, or was never given. Answers the secret for the browser's cookie. A refused request costs nobody
 * anything. Throws `not_found`, `too_many_tries` (the limits of asking in `rules.ts`).
 */
export async function requestCode({
  token,
  browser,
  known = null,
  visitor,
  channel,
}: LinkVisit & {
  channel: Channel;
  /** The cookie of a browser that passed before, where it has one. */
  known?: string | null;
}): Promise<{ browser: string }> {
  const link = await findOpenLink({ token, addressHash: visitor.addressHash });
  const secret = browser && looksLikeToken(browser) ? browser : newSecret();
  const caller: Caller = {
    doctorId: link.doctorId,
    recipientKey: recipientKey(recipientOf(link, channel), env().OTP_KEY),
    addressHash: visitor.addressHash,
    browserHash: sha256(secret),
    knownBrowserId: known && looksLikeToken(known) ? await knownBrowser(link.doctorId, sha256(known)) : null,
  };
  const limits = { caller, act: 'ask' as const, correlationId: visitor.correlationId };
  const refused =
    // Looked at before it is locked, so that a flood of refused requests waits for nobody.
    (await inTransaction((tx) => enforceLimits(tx, limits))) ??
    (await inTransaction(async (tx) => {
      await lockLimits(tx, caller);
      const late = await enforceLimits(tx, limits);
      if (late) return late;
      if (!(await lockOpenLink(tx, link.linkId))) return notFound('statement link');
      await ask(tx, link, caller, { channel, visitor });
      return null;
    }));
  if (refused) throw refused;
  return { browser: secret };
}

async function ask(
  tx: Transaction,
  link: OpenLink,
  caller: Caller,
  { channel, visitor }: { channel: Channel; visitor: LinkVisit['visitor'] },
): Promise<void> {
  const { linkId } = link;
  const challengeId = await addChallenge(tx, { ...caller, linkId, channel, minutes: CODE_MINUTES });
  const known = caller.knownBrowserId !== null;
  await recordLinkEvent(tx, { linkId, kind: 'otp-requested', visitor, detail: { challengeId, channel, known } });
  const actor = systemActor('gate', visitor.correlationId);
  const detail = { linkId, channel, known };
  await recordAudit(tx, { actor, action: 'otp.requested', entity: 'otp-challenge', entityId: challengeId, detail });
  await publish(tx, otpRequested, { challengeId });
}

/** A number may belong to several doctors; a doctor without one is limited like any other. */
function recipientOf(link: OpenLink, channel: Channel): string {
  const asked = channel === 'sms' ? link.phone : link.email;
  return asked ?? link.phone ?? link.email ?? link.doctorId;
}
