import type { Handler } from '@/inngest/define-function';
import type { notificationRequested } from '@/inngest/events/core/notifications';
import { failMessage } from '@/server/modules/core/notifications/public/fail-message';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { notificationKinds } from './notification-kinds';

export const handler: Handler<typeof notificationRequested> = {
  run: ({ batch, actor, step }) =>
    step.run('send', () => sendMessages({ actor, notifications: batch, kinds: notificationKinds })),
  onFailure: ({ dedupeKey }, code, actor) => failMessage({ actor, dedupeKey, failure: code }),
};
