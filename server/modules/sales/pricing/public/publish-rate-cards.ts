import type { CellProblem } from '@/server/domain/problems';
import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { addPublishedVersion, publishInTurn, saveCard } from '../repository';
import type { PlacedRow } from '../rules';
import { checkRateCards } from '../use-cases/check-rate-cards';

/**
 * Publishes the versions that a sheet holds; all or none. A published version never changes: the same rows again do nothing,
 * different ones are refused. Throws `bad_rows` with every wrong cell, as the dry run reports them; `rate_card_overlap` and
 * `rate_card_scope_differs` where somebody else published at the same moment. Answers how many versions are new, and what is right
 * and perhaps meant otherwise.
 */
export async function publishRateCards({
  actor,
  rows,
}: {
  actor: Actor;
  rows: PlacedRow[];
}): Promise<{ versions: number; warnings: CellProblem[] }> {
  return inTransaction(async (tx) => {
    await publishInTurn(tx);
    const { problems, warnings, versions } = await checkRateCards({ tx, rows });
    if (problems.length > 0) throw new RowsRefused(problems);
    const fresh = versions.filter(({ isNew }) => isNew);
    for (const { given } of fresh) {
      const cardId = await saveCard(tx, given);
      const entityId = await addPublishedVersion(tx, cardId, given, actorUserId(actor));
      await recordAudit(tx, {
        actor,
        action: 'rate-card.published',
        entity: 'rate-card-version',
        entityId,
        detail: { card: given.rate_card, items: given.items.length },
      });
    }
    return { versions: fresh.length, warnings };
  }, 60_000);
}
