import { systemActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { organisation } from '@/server/platform/organisation';
import { isFirstRead } from '@/server/platform/reads';
import { recordLinkEvent } from '../public/record-link-event';
import { lastChallenge } from '../queries';
import { agentFamily, channelsOf, isMachine, looksLikeToken, sha256 } from '../rules';
import { CODE_TRIES, type GateView, RESEND_SECONDS, type Visitor } from '../schema';
import { findOpenLink } from './find-open-link';

export type LinkVisit = {
  token: string;
  /** The browser's cookie, where it has one. */
  browser: string | null;
  visitor: Visitor;
};

/**
 * What the page before the gate shows, and the trace that it was opened. A browser that already asked for a code comes back
 * to enter it; that is no new opening. Throws `not_found`, `too_many_tries`.
 */
export async function openLink({
  token,
  browser,
  visitor,
  again,
}: LinkVisit & {
  /** The page came back to itself: after a refused form, or in another language. */
  again: boolean;
}): Promise<GateView> {
  const link = await findOpenLink({ token, addressHash: visitor.addressHash });
  const { nameVi, nameEn, address, phone } = await organisation();
  const challenge = await challengeOf(link.linkId, browser);
  if (!challenge && !again) await recordOpening(link.linkId, visitor);
  return {
    linkId: link.linkId,
    letterhead: { nameVi, nameEn, address, phone },
    month: link.month,
    language: link.language,
    channels: channelsOf(link),
    challenge,
  };
}

/** Once a quarter of an hour for one kind of browser at one address: reloading for a day leaves no million events. */
const recordOpening = (linkId: string, visitor: Visitor): Promise<void> =>
  inTransaction(async (tx) => {
    const who = `${linkId}:${visitor.addressHash}:${agentFamily(visitor.agent)}:${isMachine(visitor)}`;
    if (!(await isFirstRead(tx, systemActor('gate', visitor.correlationId), 'link-opened', who))) return;
    await recordLinkEvent(tx, { linkId, kind: 'opened', visitor });
  });

async function challengeOf(linkId: string, browser: string | null): Promise<GateView['challenge']> {
  if (!browser || !looksLikeToken(browser)) return null;
  const last = await lastChallenge(linkId, sha256(browser));
  if (!last || last.usedAt) return null;
  // A code that ran out stays in sight for a while, so that the page can say so and offer the next one.
  if (last.createdAt.getTime() < Date.now() - 15 * 60_000) return null;
  return {
    channel: last.channel,
    expiresAt: last.expiresAt,
    resendAt: new Date(last.createdAt.getTime() + RESEND_SECONDS * 1000),
    triesLeft: Math.max(0, CODE_TRIES - last.attempts),
  };
}
