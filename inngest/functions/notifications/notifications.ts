import { defineFunction } from '@/inngest/define-function';
import { notificationRequested } from '@/inngest/events/notifications';
import { giveUpMessage } from '@/server/modules/messages/use-cases/give-up-message';
import { sendMessage } from '@/server/modules/messages/use-cases/send-message';

/** Sends one notice by SMS or e-mail. The message's key is unique in the database: a repeat sends nothing. */
export const notificationsFunction = defineFunction(
  {
    id: 'notifications',
    replaces: 'worker-sapoche-notifications',
    on: [notificationRequested],
    retries: 8,
    concurrency: { limit: 20 },
    about: ({ orderId, linkId }) => {
      if (orderId) return { kind: 'order', id: orderId };
      return linkId ? { kind: 'statement-link', id: linkId } : null;
    },
    effects: ({ dedupeKey }) => [{ kind: 'sms', key: `message:${dedupeKey}` }],
    whenFailed: ({ dedupeKey }, code, actor) => giveUpMessage({ actor, dedupeKey, failure: code }),
  },
  ({ data, actor, step }) => step.run('send', async () => (data ? sendMessage({ actor, notification: data }) : null)),
);
