import { z } from 'zod';
import { noteOrNull } from '@/server/domain/fields';

/** The cookie of a doctor who passed the gate: a random token, kept hashed. */
export const GATE_COOKIE = 'gate_session';

/** The cookie that binds a code to the browser that asked for it. */
export const BROWSER_COOKIE = 'gate_browser';

/** The cookie by which a browser that passed a doctor's gate is known again. It opens nothing. */
export const KNOWN_COOKIE = 'gate_known';

export const GATE_SESSION_HOURS = 12;
/** As long as a link lives. */
export const KNOWN_BROWSER_DAYS = 180;
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
  'viewed-elsewhere',
  'downloaded',
  'disputed',
  'revoked',
] as const;
export type LinkEventKind = (typeof LINK_EVENT_KINDS)[number];

/** What a request at the gate says about who made it. */
export type Visitor = {
  correlationId: string;
  /** Keyed hash of the address, base64url; the address itself is not kept. */
  addressHash: string;
  method: string;
  /** The browser's own words (`user-agent`); only its family is kept. */
  agent: string | null;
  /** `sec-purpose` and its older kin: what a prefetcher or a preview says of itself. */
  purpose: string | null;
  /** `accept-language`, which every browser of a person sends. */
  language: string | null;
};

/** What a page before the gate may show: who asks and why, and nothing of the doctor but masked channels. */
export type GateView = {
  linkId: string;
  letterhead: { nameVi: string; nameEn: string; address: string; phone: string };
  /** YYYY-MM */
  month: string;
  language: 'vi' | 'en';
  channels: { channel: Channel; masked: string }[];
  /** The code that this browser asked for last, while it can be entered. */
  challenge: { channel: Channel; expiresAt: Date; resendAt: Date; triesLeft: number } | null;
};

/** What locked unknown browsers out of a doctor's links: wrong codes, or codes that were asked for. */
export const lockoutReason = z.enum(['tries', 'codes']);
export type LockoutReason = z.infer<typeof lockoutReason>;

/** A doctor whose links let in only browsers that passed before, until staff unlocks them or a day has gone by. */
export type Lockout = {
  doctorId: string;
  doctorCode: string;
  doctorName: string;
  reason: LockoutReason;
  lockedAt: Date;
};

export const lockoutsInput = z.object({ doctorId: z.uuid().optional() });
export const unlockInput = z.object({ doctorId: z.uuid() });

const reason = noteOrNull('reason').pipe(z.string().min(3));

export const revokeInput = z.object({ linkId: z.uuid(), reason });
/** `clientKey` is made when the question is asked; the same key again is the same new link, and no other one is sent. */
export const replaceInput = z.object({ statementId: z.uuid(), reason, clientKey: z.uuid() });
export const linkHistoryInput = z.object({ statementId: z.uuid() });

/** The life of a statement's link, for the people who published it. */
export type LinkHistory = {
  linkId: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  forwardedAt: Date | null;
  machineVisits: number;
  /** Oldest first; `at` is ISO 8601. */
  events: { id: string; kind: LinkEventKind; at: string; agent: string | null; machine: boolean }[];
};
