/** Kinds of things, as the audit trail names them, whose changes screens show. */
export const CHANGING = [
  'order',
  'approval',
  'document',
  'patient',
  'shift',
  'upload',
  'rate-card-version',
  'service',
  'customer',
  'doctor',
  'statement',
  'statement-run',
  'statement-period',
  'statement-link',
  'gate-session',
  'otp-challenge',
  'message',
  'background-run',
  'function',
  'saved-view',
  'held-sale',
] as const;
export type Changing = (typeof CHANGING)[number];

export const isChanging = (entity: string): entity is Changing => (CHANGING as readonly string[]).includes(entity);

/** Something of a kind has changed in a branch; null where it is of none. */
export type Change = { entity: string; branchId: string | null };
export type TrailedChange = Change & { id: string };
