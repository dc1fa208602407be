import { dayGaps } from '@/server/domain/day-gaps';
import { decimalAmounts } from '@/server/domain/minor-units';
import { type CellProblem, caseTwins, type Placed, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { organisationIn } from '@/server/platform/organisation';
import { addPlans, addRules, knownPlans, planCodesLike } from '../repository';
import { otherCategories, planProblems, smallAmounts, targetOf } from '../rules';
import type { PlanRow } from '../schema';

/** A percentage stands in the column of amounts, too. */
const amountsOf = ({ row, value, decimals = [] }: Placed<PlanRow>) => ({
  row,
  decimals: decimals.filter((column) => column !== 'value' || value.kind === 'fixed'),
});

/**
 * Adds commission plans and rules; all rows or none. A rule never changes: a row that contradicts one already there is refused.
 * Throws `bad_rows` with every wrong cell. Answers how many rules are new, and what is right and perhaps meant otherwise.
 */
export async function loadPlans({
  actor,
  rows,
}: {
  actor: Actor;
  rows: Placed<PlanRow>[];
}): Promise<{ added: number; warnings: CellProblem[] }> {
  const values = rows.map(({ value }) => value);
  const codes = [...new Set(values.map(({ plan }) => plan))];
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    // As it stands now: the file before this one of the same folder may have set it.
    const { currency } = await organisationIn(tx);
    const twins = caseTwins(rows, ({ plan }) => plan, await planCodesLike(tx, codes), 'plan');
    await addPlans(tx, codes);
    const known = await knownPlans(tx, codes);
    const problems = [...planProblems(rows, known), ...twins, ...decimalAmounts(rows.map(amountsOf), currency)];
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const added = await addRules(tx, values);
    await recordAudit(tx, {
      actor,
      action: 'plans.loaded',
      entity: 'commission-plan',
      entityId: 'all',
      detail: { rows: rows.length, added },
    });
    const stored = known.rules.map((rule) => ({ ...rule, key: targetOf(rule) }));
    const warnings = [...smallAmounts(rows, currency), ...otherCategories(rows, known)];
    return { added, warnings: [...warnings, ...dayGaps(rows, targetOf, stored)] };
  });
}
