import type { StaffActor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { listSessions } from '../repository';
import type { OwnSession } from '../schema';

/** Where one is signed in, the latest in use first. */
export const listOwnSessions = ({
  actor,
  currentId,
}: {
  actor: StaffActor;
  currentId: string | null;
}): Promise<OwnSession[]> => listSessions(actor.id, currentId, env().SESSION_IDLE_MINUTES);
