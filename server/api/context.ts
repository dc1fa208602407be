import type { Actor } from '@/server/platform/actor';

export type Locale = 'vi' | 'en';

/** What a procedure knows of its caller. Exactly one of staff, doctor or nobody. */
export type ApiContext = {
  actor: Extract<Actor, { kind: 'user' | 'doctor' }> | null;
  locale: Locale;
  correlationId: string;
  /** Hash of the caller's address, for limits; the address itself is not kept. */
  addressHash: string;
};
