import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { findMessages } from '../queries';
import { markFailed } from '../repository';

/** Marks a message that could not be sent after every try, so that somebody sees it. `failure` is an error code. */
export async function failMessage({
  actor,
  dedupeKey,
  failure,
}: {
  actor: Actor;
  dedupeKey: string;
  failure: string;
}): Promise<void> {
  const message = (await findMessages([dedupeKey])).get(dedupeKey);
  if (!message || message.state === 'sent') return;
  await inTransaction(async (tx) => {
    await markFailed(tx, message.id, failure, true);
    await recordAudit(tx, {
      actor,
      action: 'message.failed',
      entity: 'message',
      entityId: message.id,
      detail: { failure },
    });
  });
}
