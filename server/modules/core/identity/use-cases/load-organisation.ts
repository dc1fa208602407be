import type { Placed } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { saveOrganisation, usesCurrency } from '../repository';
import type { OrganisationRow } from '../schema';

/**
 * Sets the letterhead, the money and the zone of the whole chain. Throws `bad_rows` where there is more than one row, or another
 * currency than that of prices or orders which are there. What is `named` by no column of the sheet stays as it is.
 */
export async function loadOrganisation({
  actor,
  rows,
  named,
}: {
  actor: Actor;
  rows: Placed<OrganisationRow>[];
  named: ReadonlySet<string>;
}): Promise<void> {
  const [first, second] = rows;
  if (!first) return;
  if (second) throw new RowsRefused([{ row: second.row, column: 'name_vi', code: 'one_row_only', params: {} }]);
  const inUse = { row: first.row, column: 'currency', code: 'currency_in_use', params: {} };
  await inTransaction(async (tx) => {
    if (named.has('currency') && !(await usesCurrency(tx, first.value.currency))) throw new RowsRefused([inUse]);
    await saveOrganisation(tx, first.value, named);
    await recordAudit(tx, { actor, action: 'organisation.loaded', entity: 'organisation', entityId: '1' });
  });
}
