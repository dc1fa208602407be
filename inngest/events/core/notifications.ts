import { z } from 'zod';
import { defineEvent } from '../define-event';

/**
 * Asks for one message to one person. `dedupeKey` is what makes it one: the same key again sends nothing. The recipient and
 * the words are found by the ids when it is sent.
 */
export const notificationRequested = defineEvent(
  'notification/requested',
  z.object({
    /** `statement-published` needs `linkId`; `order-paid` needs `orderId`. */
    template: z.enum(['statement-published', 'order-paid']),
    dedupeKey: z.string().min(1).max(200),
    linkId: z.uuid().optional(),
    orderId: z.uuid().optional(),
  }),
);
