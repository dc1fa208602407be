import { defineFunction } from '@/inngest/define-function';
import { notificationRequested } from '@/inngest/events/core/notifications';
import { effectKey } from '@/server/domain/effect-keys';

/** Sends notifications by SMS or e-mail, many at once. A message's key is unique in the database: a repeat sends nothing. */
export const notificationsFunction = defineFunction({
  id: 'notifications',
  replaces: 'worker-sapoche-notifications',
  triggers: [notificationRequested],
  retries: 8,
  concurrency: { limit: 2 },
  batchEvents: { maxSize: 50, timeout: '1s' },
  subject: ({ orderId, linkId }) => {
    if (orderId) return { kind: 'order', id: orderId };
    return linkId ? { kind: 'statement-link', id: linkId } : null;
  },
  effects: ({ dedupeKey }) => [{ kind: 'sms', key: effectKey.message(dedupeKey) }],
  handler: () => import('./notifications.handler'),
});
