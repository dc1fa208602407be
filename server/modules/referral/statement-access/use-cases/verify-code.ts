import { type Actor, systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { notFound, PortalError } from '@/server/platform/errors';
import { recordLinkEvent } from '../public/record-link-event';
import { livingChallenge, type OpenLink } from '../queries';
import { addKnownBrowser, addSession, type Caller, lockLimits, lockOpenLink, tryCode } from '../repository';
import { codeHash, looksLikeToken, newSecret, recipientKey, sha256 } from '../rules';
import { CODE_TRIES, codeInput, GATE_SESSION_HOURS, KNOWN_BROWSER_DAYS, type Visitor } from '../schema';
import { enforceLimits } from './enforce-limits';
import { findOpenLink } from './find-open-link';
import type { LinkVisit } from './open-link';

/** The secrets for the cookies of who passed: the session, and what the browser is known by the next time. */
export type Passed = { session: string; known: string };

type Try = { link: OpenLink; challengeId: string; code: string; caller: Caller; visitor: Visitor };

/**
 * Tries a code that this browser asked for. Wrong, used, expired, another browser's and never asked are one answer,
 * `wrong_code`. Only six digits for a living code of this browser are a try, and count against it, its address and its
 * doctor: a caller who requested no code locks out no one. Of many tries at once with the right code one passes. Throws
 * `not_found`, `too_many_tries` (the limits of trying in `rules.ts`, over all codes: a new code does not reset them).
 */
export async function verifyCode({ token, browser, visitor, code }: LinkVisit & { code: string }): Promise<Passed> {
  const link = await findOpenLink({ token, addressHash: visitor.addressHash });
  const browserHash = sha256(browser !== null && looksLikeToken(browser) ? browser : newSecret());
  const challenge = await livingChallenge(link.linkId, browserHash);
  const given = codeInput.safeParse(code).data;
  if (!challenge || given === undefined) throw wrongCode();
  const caller: Caller = {
    doctorId: link.doctorId,
    recipientKey: challenge.recipientKey ?? recipientKey(link.doctorId, env().OTP_KEY),
    addressHash: visitor.addressHash,
    browserHash,
    knownBrowserId: challenge.knownBrowserId,
  };
  const one: Try = { link, challengeId: challenge.id, code: given, caller, visitor };
  const outcome = await inTransaction((tx) => tryOnce(tx, one));
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

const wrongCode = () => new PortalError('unauthenticated', 'wrong_code');

async function tryOnce(tx: Transaction, one: Try): Promise<Passed | PortalError> {
  const { link, challengeId, code, caller, visitor } = one;
  const { correlationId } = visitor;
  await lockLimits(tx, caller);
  const refused = await enforceLimits(tx, { caller, act: 'try', correlationId });
  if (refused) return refused;
  if (!(await lockOpenLink(tx, link.linkId))) return notFound('statement link');
  const hash = codeHash(challengeId, code, env().OTP_KEY);
  const outcome = await tryCode(tx, { challengeId, codeHash: hash, tries: CODE_TRIES });
  // Another of many tries at once was the last one.
  if (!outcome) return wrongCode();
  const kind = outcome.right ? 'verified' : 'failed';
  const actor: Actor = systemActor('gate', correlationId);
  const detail = { challengeId };
  await recordLinkEvent(tx, { linkId: link.linkId, kind, visitor, detail });
  await recordAudit(tx, { actor, action: `otp.${kind}`, entity: 'statement-link', entityId: link.linkId, detail });
  return outcome.right ? letIn(tx, link, visitor) : wrongCode();
}

async function letIn(tx: Transaction, link: OpenLink, { addressHash }: Visitor): Promise<Passed> {
  const passed = { session: newSecret(), known: newSecret() };
  const session = { linkId: link.linkId, tokenHash: sha256(passed.session), addressHash, hours: GATE_SESSION_HOURS };
  await addSession(tx, session);
  const tokenHash = sha256(passed.known);
  await addKnownBrowser(tx, { doctorId: link.doctorId, tokenHash, days: KNOWN_BROWSER_DAYS });
  return passed;
}
