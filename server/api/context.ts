import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';

export type Locale = 'vi' | 'en';

/**
 * What a procedure knows of its caller. A browser may hold both a staff session and a passed gate: each procedure takes
 * the principal that it is for, and neither gives the other's access.
 */
export type ApiContext = {
  staff: StaffActor | null;
  /** Who signed in with a one-time password: nobody to any procedure but the one that sets an own password. */
  newcomer?: StaffActor | null;
  /** The row of the staff session, where there is one. */
  sessionId?: string | null;
  /** Whether that session is still good; asked by what goes on after the request was let in. */
  isStillSignedIn?: () => Promise<boolean>;
  doctor: DoctorActor | null;
  locale: Locale;
  correlationId: string;
  /** Hash of the caller's address, for limits; the address itself is not kept. */
  addressHash: string;
  /** What else the request says of who made it; procedures that are called without one have none. */
  visitor?: Visitor;
};
