import { defineFunction } from '@/inngest/define-function';
import { notificationRequested } from '@/inngest/events/notifications';
import { giveUpMessage } from '@/server/modules/messages/use-cases/give-up-message';
import { sendMessages } from '@/server/modules/messages/use-cases/send-messages';

/** Sends notices by SMS or e-mail, many at once. A message's key is unique in the database: a repeat sends nothing. */
export const notificationsFunction = defineFunction(
  {
    id: 'notifications',
    replaces: 'worker-sapoche-notifications',
    on: [notificationRequested],
    retries: 8,
    concurrency: { limit: 2 },
    batchEvents: { maxSize: 50, timeout: '1s' },
    about: ({ orderId, linkId }) => {
      if (orderId) return { kind: 'order', id: orderId };
      return linkId ? { kind: 'statement-link', id: linkId } : null;
    },
    effects: ({ dedupeKey }) => [{ kind: 'sms', key: `message:${dedupeKey}` }],
    whenFailed: ({ dedupeKey }, code, actor) => giveUpMessage({ actor, dedupeKey, failure: code }),
  },
  ({ batch, actor, step }) => step.run('send', () => sendMessages({ actor, notifications: batch })),
);
