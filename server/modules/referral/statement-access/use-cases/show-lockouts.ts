import { can } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { listLockouts } from '../queries';
import type { Lockout } from '../schema';

/** The alarms of the gate, of all doctors or of one, and whether the asker may unlock. */
export async function showLockouts({
  actor,
  doctorId = null,
}: {
  actor: StaffActor;
  doctorId?: string | null | undefined;
}): Promise<{ lockouts: Lockout[]; mayUnlock: boolean }> {
  return { lockouts: await listLockouts(doctorId), mayUnlock: can(actor.role, 'gate.unlock') };
}
