import { definePort } from '@/server/platform/port';

/**
 * One text message. `key` is the message's own: a gateway that sees it twice sends once. `to` is E.164. `secret`: what of
 * the text nobody but its receiver may read. */
export type Sms = { key: string; to: string; text: string; secret?: string };

export interface SmsSender {
  /** Hands the message over; answers the gateway's reference. Throws `sms_unavailable` (retryable), `sms_refused`, `no_gateway`. */
  send(sms: Sms): Promise<{ ref: string }>;
}

export const sms = definePort<SmsSender>('sms');
