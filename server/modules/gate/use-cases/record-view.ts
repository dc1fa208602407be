import type { DoctorActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import type { Visitor } from '../schema';
import { recordLinkEvent } from './record-link-event';

/** A doctor behind the gate looked at the statement. */
export async function recordView({ actor, visitor }: { actor: DoctorActor; visitor: Visitor }): Promise<void> {
  await inTransaction((tx) => recordLinkEvent(tx, { linkId: actor.linkId, kind: 'viewed', visitor }));
}
