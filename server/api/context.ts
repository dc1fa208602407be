import type { Visitor } from '@/server/modules/gate/schema';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';

export type Locale = 'vi' | 'en';

/**
 * What a procedure knows of its caller. A browser may hold both a staff session and a passed gate: each procedure takes
 * the principal that it is for, and neither opens the other's doors.
 */
export type ApiContext = {
  staff: StaffActor | null;
  doctor: DoctorActor | null;
  locale: Locale;
  correlationId: string;
  /** Hash of the caller's address, for limits; the address itself is not kept. */
  addressHash: string;
  /** What else the request says of who made it; procedures that are called without one have none. */
  visitor?: Visitor;
};
