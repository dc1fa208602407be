import { notificationRequested } from '@/inngest/events/core/notifications';
import { issueLink } from '@/server/modules/referral/statement-access/public/issue-link';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { publish } from '@/server/platform/outbox';
import { approvedOrLater, lockPeriod, lockStatements, markPublished } from '../repository';

const BATCH = 100;

/**
 * Publishes a month's approved statements, all or the ones named: each gets its link and its doctor a notification. Publishing
 * again changes nothing. Throws `not_found`, `nothing_approved`.
 */
export async function publishStatements({
  actor,
  month,
  only = null,
}: {
  actor: Actor;
  month: string;
  only?: string[] | null;
}): Promise<{ published: number }> {
  let published = 0;
  for (;;) {
    const count = await inTransaction(async (tx) => {
      const period = await lockPeriod(tx, { month });
      if (!period) throw notFound('statement period');
      const batch = await lockStatements(tx, { periodId: period.id, states: ['approved'], only, limit: BATCH });
      await markPublished(
        tx,
        batch.map(({ id }) => id),
      );
      for (const { id: statementId } of batch) {
        const { linkId } = await issueLink(tx, { actor, statementId });
        const dedupeKey = `statement-published:${statementId}`;
        await publish(tx, notificationRequested, { template: 'statement-published', dedupeKey, linkId });
        const detail = { month, linkId };
        await recordAudit(tx, {
          actor,
          action: 'statement.published',
          entity: 'statement',
          entityId: statementId,
          detail,
        });
      }
      return batch.length;
    }, 60_000);
    published += count;
    if (count < BATCH) break;
  }
  if (published === 0 && (await approvedOrLater(month)) === 0)
    throw new PortalError('conflict', 'nothing_approved', { params: { month } });
  return { published };
}
