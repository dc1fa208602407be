import { defineFunction } from '@/inngest/define-function';
import { notificationRequested } from '@/inngest/events/notifications';
import { giveUpMessage } from '@/server/modules/messages/use-cases/give-up-message';
import { sendMessage } from '@/server/modules/messages/use-cases/send-message';
import { systemActor } from '@/server/platform/actor';

/** Sends one notice by SMS or e-mail. The message's key is unique in the database: a repeat sends nothing. */
export const notificationsFunction = defineFunction(
  {
    id: 'notifications',
    replaces: 'worker-sapoche-notifications',
    on: [notificationRequested],
    retries: 8,
    concurrency: { limit: 20 },
    whenFailed: ({ dedupeKey }, code) =>
      giveUpMessage({ actor: systemActor('notifications'), dedupeKey, failure: code }),
  },
  ({ data, runId, step }) =>
    step.run('send', async () =>
      data ? sendMessage({ actor: systemActor('notifications', runId), notification: data }) : null,
    ),
);
