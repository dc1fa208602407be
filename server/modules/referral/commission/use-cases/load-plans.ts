import { caseTwins, type Placed, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { addPlans, addRules, knownPlans, planCodesLike } from '../repository';
import { planProblems } from '../rules';
import type { PlanRow } from '../schema';

/**
 * Adds commission plans and rules; all rows or none. A rule never changes: a row that contradicts one already there is refused.
 * Throws `bad_rows` with every wrong cell. Answers how many rules are new.
 */
export async function loadPlans({ actor, rows }: { actor: Actor; rows: Placed<PlanRow>[] }): Promise<number> {
  const values = rows.map(({ value }) => value);
  const codes = [...new Set(values.map(({ plan }) => plan))];
  return inTransaction(async (tx) => {
    const twins = caseTwins(rows, ({ plan }) => plan, await planCodesLike(tx, codes), 'plan');
    await addPlans(tx, codes);
    const problems = [...planProblems(rows, await knownPlans(tx, codes)), ...twins];
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const added = await addRules(tx, values);
    await recordAudit(tx, {
      actor,
      action: 'plans.loaded',
      entity: 'commission-plan',
      entityId: 'all',
      detail: { rows: rows.length, added },
    });
    return added;
  });
}
