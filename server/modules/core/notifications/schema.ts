export type Channel = 'sms' | 'email';
export type Language = 'vi' | 'en';

/** A text of the portal with what stands in it. Amounts are minor units as text, months are YYYY-MM. */
export type TextRequest = { language: Language } & (
  | { template: 'otp'; params: { code: string; minutes: number } }
  | {
      template: 'statement-published';
      params: { organisation: string; doctor: string; month: string; address: string };
    }
  | {
      template: 'order-paid';
      params: { organisation: string; number: string; paid: string; currency: string; branch: string };
    }
  | { template: 'order-on-account'; params: { organisation: string; number: string; branch: string } }
  | { template: 'order-free'; params: { organisation: string; number: string; branch: string } }
);

/** Where a person can be reached; the phone is E.164. */
export type Recipients = { phone: string | null; email: string | null };

/** A message that the local adapters hold instead of sending it. */
export type BoxMessage = { id: string; at: Date; channel: Channel; to: string; subject: string | null; text: string };

/** A notification that is to be sent: its kind, what it is about, and the key under which it is sent once. */
export type NotificationRequest = {
  template: 'statement-published' | 'order-paid';
  dedupeKey: string;
  linkId?: string | undefined;
  orderId?: string | undefined;
};

/** A composed notification: what is said, to whom; `params` are ids alone, for they are stored. */
export type Notification = {
  dedupeKey: string;
  recipients: Recipients;
  text: TextRequest;
  params: Record<string, string>;
};

/** A notification that a channel took, by its message. */
export type SentNotification = Notification & { messageId: string; channel: Channel };
