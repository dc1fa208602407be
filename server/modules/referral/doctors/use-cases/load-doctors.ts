import { emptiedCells } from '@/server/domain/emptied-cells';
import { type CellProblem, caseTwins, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { doctorCodesLike, findUnknownPlans, keptDoctors, saveDoctors } from '../repository';
import type { DoctorRow } from '../schema';

/**
 * Brings referring doctors up to date by code; all rows or none. Throws `bad_rows` with every wrong cell. Answers how many changed,
 * and which empty cells took away what was there.
 */
export async function loadDoctors({
  actor,
  rows,
}: {
  actor: Actor;
  rows: Placed<DoctorRow>[];
}): Promise<{ changed: number; warnings: CellProblem[] }> {
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    const named = rows.flatMap(({ value }) => value.plan ?? []);
    const unknown = new Set(await findUnknownPlans(tx, named));
    const problems: CellProblem[] = rows.flatMap(({ row, value: { plan } }) =>
      plan !== null && unknown.has(plan)
        ? [{ row, column: 'plan', code: 'unknown_plan', params: { value: plan } }]
        : [],
    );
    problems.push(...repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' }));
    const codes = rows.map(({ value }) => value.code);
    problems.push(...caseTwins(rows, ({ code }) => code, await doctorCodesLike(tx, codes), 'code'));
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const warnings = emptiedCells(rows, await keptDoctors(tx, codes));
    const { changed, moved } = await saveDoctors(
      tx,
      rows.map(({ value }) => value),
    );
    for (const id of moved) await recordAudit(tx, { actor, action: 'doctor.moved', entity: 'doctor', entityId: id });
    await recordAudit(tx, {
      actor,
      action: 'doctors.loaded',
      entity: 'doctor',
      entityId: 'all',
      detail: { rows: rows.length, changed },
    });
    return { changed, warnings };
  });
}
