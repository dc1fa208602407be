import { emptiedCells } from '@/server/domain/emptied-cells';
import { decimalAmounts } from '@/server/domain/minor-units';
import type { CellProblem, Placed } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { keptOrganisation, saveOrganisation, usesCurrency, usesZone } from '../repository';
import type { OrganisationRow } from '../schema';

/**
 * Sets the letterhead, the money and the zone of the whole chain. Throws `bad_rows` where there is more than one row, another
 * currency than that of prices or orders which are there, or another zone than that of their days. What is `named` by no column of the sheet stays as it is. Answers
 * which empty cells took away what was there.
 */
export async function loadOrganisation({
  actor,
  rows,
  named,
}: {
  actor: Actor;
  rows: Placed<OrganisationRow>[];
  named: ReadonlySet<string>;
}): Promise<{ warnings: CellProblem[] }> {
  const [first, second] = rows;
  if (!first) return { warnings: [] };
  if (second) throw new RowsRefused([{ row: second.row, column: 'name_vi', code: 'one_row_only', params: {} }]);
  const inUse = (column: string, code: string) => new RowsRefused([{ row: first.row, column, code, params: {} }]);
  const { currency, time_zone: zone } = first.value;
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    if (named.has('currency') && !(await usesCurrency(tx, currency))) throw inUse('currency', 'currency_in_use');
    if (named.has('time_zone') && !(await usesZone(tx, zone))) throw inUse('time_zone', 'zone_in_use');
    const kept = await keptOrganisation(tx);
    const cents = decimalAmounts([first], named.has('currency') ? currency : String(kept[0]?.currency ?? 'VND'));
    if (cents.length > 0) throw new RowsRefused(cents);
    const found = { ...first, value: { ...first.value, code: '1' } };
    const warnings = emptiedCells([found], kept);
    await saveOrganisation(tx, first.value, named);
    await recordAudit(tx, { actor, action: 'organisation.loaded', entity: 'organisation', entityId: '1' });
    return { warnings };
  });
}
