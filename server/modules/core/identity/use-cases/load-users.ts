import { emptiedCells } from '@/server/domain/emptied-cells';
import { type CellProblem, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { hashPassword } from '@/server/platform/passwords';
import { findBranchId, keptUsers, saveUser } from '../repository';
import { type UserRow, userRow } from '../schema';

async function findBranches(tx: Transaction, rows: Placed<UserRow>[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const code of new Set(rows.flatMap(({ value }) => value.branch ?? []))) {
    const id = await findBranchId(tx, code);
    if (id) known.set(code, id);
  }
  return known;
}

/**
 * Adds or updates accounts by e-mail; all rows or none. New ones start with `password`; known ones keep theirs, and what is
 * `named` by no column of the sheet. Throws `bad_rows`
 * with every wrong cell. Answers also which empty cells took away what was there.
 */
export async function loadUsers({
  actor,
  rows,
  named = new Set(Object.keys(userRow.shape)),
  password,
}: {
  actor: Actor;
  rows: Placed<UserRow>[];
  named?: ReadonlySet<string>;
  password: string;
}): Promise<{ added: number; changed: number; unchanged: number; warnings: CellProblem[] }> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const passwordHash = await hashPassword(password);
  const warnings = await inTransaction(async (tx) => {
    await loadInTurn(tx);
    const branches = await findBranches(tx, rows);
    const problems: CellProblem[] = rows
      .filter(({ value }) => value.branch !== null && !branches.has(value.branch))
      .map(({ row, value }) => ({
        row,
        column: 'branch',
        code: 'unknown_branch',
        params: { value: value.branch ?? '' },
      }));
    problems.push(...repeatedRows(rows, ({ email }) => email, { column: 'email', code: 'duplicate_code' }));
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const found = rows.map((row) => ({ ...row, value: { ...row.value, code: row.value.email } }));
    const emptied = emptiedCells(
      found,
      await keptUsers(
        tx,
        found.map(({ value }) => value.email),
      ),
    );
    // In one order, so that two who load the same people never wait in a circle.
    const inOrder = rows.toSorted((a, b) => (a.value.email < b.value.email ? -1 : 1));
    for (const { value } of inOrder) {
      const branchId = value.branch === null ? null : (branches.get(value.branch) ?? null);
      const saved = await saveUser(tx, { ...value, branchId, passwordHash, oneTimeHours: null }, named);
      counts[saved.outcome] += 1;
      if (saved.outcome === 'unchanged') continue;
      await recordAudit(tx, {
        actor,
        action: 'user.loaded',
        entity: 'user',
        entityId: saved.id,
        detail: { role: value.role },
      });
    }
    return emptied;
  });
  return { ...counts, warnings };
}
