import { z } from 'zod';

/** The cookie of a doctor who passed the gate: a random token, kept hashed. */
export const GATE_COOKIE = 'gate_session';

/** The cookie that binds a code to the browser that asked for it. */
export const BROWSER_COOKIE = 'gate_browser';

export const GATE_SESSION_HOURS = 12;
export const CODE_MINUTES = 5;
export const CODE_LENGTH = 6;
export const CODE_TRIES = 5;
export const RESEND_SECONDS = 30;

export const channel = z.enum(['sms', 'email']);
export type Channel = z.infer<typeof channel>;

/** Spaces and dashes are people's way of writing a code; full-width digits are some keyboards'. */
export const codeInput = z
  .string()
  .max(40)
  .transform((text) => text.normalize('NFKC').replace(/\D/g, ''))
  .pipe(z.string().length(CODE_LENGTH));

export const LINK_EVENT_KINDS = [
  'sent',
  'opened',
  'confirmed',
  'otp-requested',
  'verified',
  'failed',
  'viewed',
  'downloaded',
  'disputed',
  'revoked',
] as const;
export type LinkEventKind = (typeof LINK_EVENT_KINDS)[number];

/** Who stands at the gate, as far as the gate needs to know: hashes, and the browser's own words about itself. */
export type Visitor = {
  correlationId: string;
  /** Keyed hash of the address; the address itself is not kept. */
  addressHash: string;
  agent: string | null;
  machine: boolean;
};
