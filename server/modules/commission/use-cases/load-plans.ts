import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { addPlans, addRules, findFault } from '../repository';
import type { PlanRow } from '../schema';

/**
 * Adds commission plans and rules; all rows or none. A rule never changes: a row that contradicts one already there is refused.
 * Throws `unknown_service`, `rule_differs`. Answers how many rules are new.
 */
export async function loadPlans({ actor, rows }: { actor: Actor; rows: PlanRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    await addPlans(
      tx,
      rows.map(({ plan }) => plan),
    );
    const fault = await findFault(tx, rows);
    if (fault) {
      const row = rows[fault.place];
      const code = fault.fault === 'unknown_service' ? (row?.service_code ?? '') : (row?.plan ?? '');
      throw new PortalError('invalid', fault.fault, { params: { code, row: fault.place + 2 } });
    }
    const added = await addRules(tx, rows);
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
