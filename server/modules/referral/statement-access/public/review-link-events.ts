import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { claimEffect, effect } from '@/server/platform/effects';
import { eventsOfLink, lockLink, saveActivity } from '../repository';
import { addUp, isRecent } from '../rules';
import type { LinkEventKind } from '../schema';

/** These have their audit record from the act itself, in its own transaction. */
const AUDITED: ReadonlySet<LinkEventKind> = new Set(['otp-requested', 'verified', 'failed', 'revoked']);

/**
 * Looks at what happened to links: sums their events up again, marks links that look passed on, and writes visits, views and
 * downloads into the audit trail, each once however often its event is delivered. `undecided` says that a visit is too fresh
 * to know whether a person's browser made it: look again in a minute.
 */
export async function reviewLinkEvents({
  actor,
  events,
}: {
  actor: Actor;
  events: { eventId: string; linkId: string }[];
}): Promise<{ links: number; audited: number; undecided: boolean }> {
  const byLink = Map.groupBy(events, (event) => event.linkId);
  let audited = 0;
  let undecided = false;
  for (const [linkId, delivered] of byLink) {
    const review = await reviewLink(actor, linkId, new Set(delivered.map((event) => event.eventId)));
    audited += review.audited;
    undecided ||= review.undecided;
  }
  return { links: byLink.size, audited, undecided };
}

const reviewLink = (
  actor: Actor,
  linkId: string,
  delivered: ReadonlySet<string>,
): Promise<{ audited: number; undecided: boolean }> =>
  inTransaction(async (tx) => {
    await lockLink(tx, linkId);
    const events = await eventsOfLink(tx, linkId);
    const now = new Date();
    const { newlyForwarded } = await saveActivity(tx, linkId, addUp(events, now));
    const entity = { actor, entity: 'statement-link', entityId: linkId };
    let audited = 0;
    for (const event of events) {
      if (!delivered.has(event.id) || AUDITED.has(event.kind) || !(await claimEffect(tx, effect.linkEvent(event.id))))
        continue;
      const detail = { eventId: event.id, machine: event.machine };
      await recordAudit(tx, { ...entity, action: `statement-link.${event.kind}`, detail });
      audited += 1;
    }
    if (newlyForwarded) await recordAudit(tx, { ...entity, action: 'statement-link.passed-on' });
    return { audited, undecided: events.some((event) => event.kind === 'opened' && isRecent(event, now)) };
  });
