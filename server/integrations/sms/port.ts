import { definePort } from '@/server/platform/port';

/** One text message. `key` is the message's own: a gateway that sees it twice sends once. `to` is E.164. */
export type Sms = { key: string; to: string; text: string };

export interface SmsSender {
  /** Hands the message over; answers the gateway's reference. Throws `sms_unavailable` (retryable) or `sms_refused`. */
  send(sms: Sms): Promise<{ ref: string }>;
}

export const sms = definePort<SmsSender>('sms');
