import type { Handler } from '@/inngest/define-function';
import type { notificationRequested } from '@/inngest/events/core/notifications';
import { giveUpMessage } from '@/server/modules/core/notifications/public/give-up-message';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { noticeKinds } from './notice-kinds';

export const handler: Handler<typeof notificationRequested> = {
  run: ({ batch, actor, step }) =>
    step.run('send', () => sendMessages({ actor, notifications: batch, kinds: noticeKinds })),
  onFailure: ({ dedupeKey }, code, actor) => giveUpMessage({ actor, dedupeKey, failure: code }),
};
