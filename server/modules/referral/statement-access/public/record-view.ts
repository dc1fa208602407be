import type { DoctorActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { isFirstRead } from '@/server/platform/reads';
import type { Visitor } from '../schema';
import { recordLinkEvent } from './record-link-event';

type Reading = { kind: 'viewed' | 'downloaded'; thing: string; detail?: Record<string, string> };

/**
 * A doctor behind the gate looked at the statement, or took a file of it: a link event once a quarter of an hour. A reading
 * through another address than the one that passed the gate is an event of its own.
 */
export async function recordView({
  actor,
  visitor,
  reading = { kind: 'viewed', thing: actor.linkId },
}: {
  actor: DoctorActor;
  visitor: Visitor;
  reading?: Reading;
}): Promise<void> {
  const { linkId, verifiedFrom = null } = actor;
  const { kind, thing, detail = {} } = reading;
  await inTransaction(async (tx) => {
    if (await isFirstRead(tx, actor, `link-${kind}`, thing)) {
      await recordLinkEvent(tx, { linkId, kind, visitor, detail });
    }
    if (verifiedFrom === null || verifiedFrom === visitor.addressHash) return;
    if (!(await isFirstRead(tx, actor, 'link-viewed-elsewhere', `${linkId}:${visitor.addressHash}`))) return;
    await recordLinkEvent(tx, { linkId, kind: 'viewed-elsewhere', visitor, detail });
  });
}
