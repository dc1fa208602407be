import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { addPublishedVersion, findPublished, findUnknownService, saveCard } from '../repository';
import { gatherVersions } from '../rules';
import type { RateCardRow } from '../schema';

/**
 * Publishes the versions that a sheet holds; all or none. A published version never changes: the same rows again do nothing,
 * different ones are refused. Throws `unknown_scope`, `unknown_service`, `rate_card_differs`, `rate_card_overlap`,
 * `rate_card_scope_differs`, `duplicate_service`. Answers how many versions are new.
 */
export async function publishRateCards({ actor, rows }: { actor: Actor; rows: RateCardRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    let published = 0;
    for (const version of gatherVersions(rows)) {
      const { rate_card: card, items } = version;
      const unknown = await findUnknownService(
        tx,
        items.map(({ service_code }) => service_code),
      );
      if (unknown) throw new PortalError('invalid', 'unknown_service', { params: { code: unknown } });
      const cardId = await saveCard(tx, version);
      const known = await findPublished(tx, cardId, version);
      if (known === 'same') continue;
      if (known === 'differs')
        throw new PortalError('conflict', 'rate_card_differs', { params: { card, from: version.valid_from } });
      const entityId = await addPublishedVersion(tx, cardId, version, actorUserId(actor));
      await recordAudit(tx, {
        actor,
        action: 'rate-card.published',
        entity: 'rate-card-version',
        entityId,
        detail: { card, items: items.length },
      });
      published += 1;
    }
    return published;
  });
}
