import type { SentNotification } from '@/server/modules/core/notifications/schema';
import type { Transaction } from '@/server/platform/db';
import { recordLinkEvent } from './record-link-event';

/** Records on each link that its notification was sent, in the transaction that marks the notification as sent. */
export async function recordSentLinks(tx: Transaction, sent: readonly SentNotification[]): Promise<void> {
  for (const { messageId, channel, params } of sent) {
    if (!params.linkId) continue;
    await recordLinkEvent(tx, { linkId: params.linkId, kind: 'sent', visitor: null, detail: { messageId, channel } });
  }
}
