import type { Role } from '../domain/role';

/** Who acts. A doctor is a principal of its own, scoped to one link; never a flag on a staff session. */
export type Actor =
  | { kind: 'user'; id: string; role: Role; branchId: string | null; correlationId: string }
  /** `verifiedFrom`: hash of the address that passed the gate, where it was kept. */
  | { kind: 'doctor'; id: string; linkId: string; verifiedFrom?: string | null; correlationId: string }
  | { kind: 'system'; id: string; correlationId: string };

export type StaffActor = Extract<Actor, { kind: 'user' }>;
export type DoctorActor = Extract<Actor, { kind: 'doctor' }>;

/** Background work and the command line act under their own name. */
export const systemActor = (id: string, correlationId: string = crypto.randomUUID()): Actor => ({
  kind: 'system',
  id,
  correlationId,
});

/** The user's id where a person acted, for `created_by` columns. */
export const actorUserId = (actor: Actor): string | null => (actor.kind === 'user' ? actor.id : null);
