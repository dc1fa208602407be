import { definePort } from '@/server/platform/port';

/**
 * One plain-text e-mail. `key` is the message's own and becomes its Message-ID. `secret`: what of the text nobody but its receiver
 * may read.
 */
export type Email = { key: string; to: string; subject: string; text: string; secret?: string };

export interface EmailSender {
  /** Hands the message over; answers the server's reference. Throws `email_unavailable` (retryable), `email_refused`, `no_gateway`. */
  send(email: Email): Promise<{ ref: string }>;
}

export const email = definePort<EmailSender>('email');
