import { notificationRequested } from '@/inngest/events/core/notifications';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { type AbandonedMessage, releaseAbandoned } from '../repository';
import type { NotificationRequest } from '../schema';

/** The run that sends a message retries by itself when a claim has expired; this is for runs that have ended. */
const GRACE_SECONDS = 60;
const AT_ONCE = 200;

/** By which request each text comes about: a message keeps what it says, and an order's may be about one on account or of nothing. */
const REQUESTS: Record<AbandonedMessage['template'], NotificationRequest['template']> = {
  'statement-published': 'statement-published',
  'order-paid': 'order-paid',
  'order-on-account': 'order-paid',
  'order-free': 'order-paid',
};

/** Requests again the messages whose sender died. Returns how many. */
export async function resumeMessages(): Promise<number> {
  const actor = systemActor('sweep');
  return inTransaction(async (tx) => {
    const messages = await releaseAbandoned(tx, GRACE_SECONDS, AT_ONCE);
    for (const { id, template, dedupeKey, params } of messages) {
      await publish(tx, notificationRequested, { template: REQUESTS[template], dedupeKey, ...params });
      await recordAudit(tx, { actor, action: 'message.resumed', entity: 'message', entityId: id });
    }
    return messages.length;
  });
}
