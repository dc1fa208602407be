import { notificationRequested } from '@/inngest/events/core/notifications';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { releaseAbandoned } from '../repository';

/** The run that sends a message retries by itself when a claim has expired; this is for runs that have ended. */
const GRACE_SECONDS = 60;
const AT_ONCE = 200;

/** Requests again the messages whose sender died. Returns how many. */
export async function resumeMessages(): Promise<number> {
  const actor = systemActor('sweep');
  return inTransaction(async (tx) => {
    const messages = await releaseAbandoned(tx, GRACE_SECONDS, AT_ONCE);
    for (const { id, template, dedupeKey, params } of messages) {
      await publish(tx, notificationRequested, { template, dedupeKey, ...params });
      await recordAudit(tx, { actor, action: 'message.resumed', entity: 'message', entityId: id });
    }
    return messages.length;
  });
}
