import { emptiedCells } from '@/server/domain/emptied-cells';
import { type CellProblem, caseTwins, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import {
  findUnknownComponents,
  keptServices,
  otherCategoriesLike,
  packagesInThemselves,
  saveComponents,
  saveServices,
  serviceCodesLike,
} from '../repository';
import type { ServiceRow } from '../schema';

const problem = (row: number, column: string, code: string, params: CellProblem['params'] = {}): CellProblem => ({
  row,
  column,
  code,
  params,
});

/** What is wrong with rows that only together, or with themselves, make no sense. */
function problemsOfRows(rows: Placed<ServiceRow>[]): CellProblem[] {
  const single = rows.flatMap(({ row, value }) => {
    const found: CellProblem[] = [];
    if (value.min_age !== null && value.max_age !== null && value.min_age > value.max_age)
      found.push(problem(row, 'max_age', 'ages_crossed'));
    if (value.kind !== 'package' && value.components.length > 0)
      found.push(problem(row, 'components', 'only_packages'));
    if (value.components.includes(value.code)) found.push(problem(row, 'components', 'holds_itself'));
    return found;
  });
  const again = repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' });
  return [...again, ...single];
}

/** Packages that hold nothing: they would be paid for, and nothing done. */
const emptyPackages = (rows: Placed<ServiceRow>[]): CellProblem[] =>
  rows.flatMap(({ row, value: { kind, components } }) =>
    kind === 'package' && components.length === 0 ? [problem(row, 'components', 'empty_package')] : [],
  );

/** What only the saved parts show: packages that hold each other. */
async function circlesIn(tx: Transaction, rows: Placed<ServiceRow>[]): Promise<CellProblem[]> {
  const found = new Set(
    await packagesInThemselves(
      tx,
      rows.map(({ value }) => value.code),
    ),
  );
  return rows.flatMap(({ row, value }) => (found.has(value.code) ? [problem(row, 'components', 'holds_itself')] : []));
}

/** Codes and categories that are there, or in the sheet, in letters of another case. */
async function twinsOf(tx: Transaction, rows: Placed<ServiceRow>[]): Promise<CellProblem[]> {
  const codes = rows.map(({ value }) => value.code);
  const categories = [...new Set(rows.map(({ value }) => value.category))];
  return [
    ...caseTwins(rows, ({ code }) => code, await serviceCodesLike(tx, codes), 'code'),
    ...caseTwins(rows, ({ category }) => category, await otherCategoriesLike(tx, categories, codes), 'category'),
  ];
}

/**
 * Brings services and the parts of packages up to date by code; all rows or none. Throws `bad_rows` with every wrong cell. Answers
 * how many services changed, which empty cells took away what was there, and which packages hold nothing.
 */
export async function loadServices({
  actor,
  rows,
}: {
  actor: Actor;
  rows: Placed<ServiceRow>[];
}): Promise<{ changed: number; warnings: CellProblem[] }> {
  const values = rows.map(({ value }) => value);
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    const problems = [...problemsOfRows(rows), ...(await twinsOf(tx, rows))];
    const given = new Set(values.map(({ code }) => code));
    const named = values.flatMap(({ components }) => components).filter((code) => !given.has(code));
    const unknown = new Set(await findUnknownComponents(tx, named));
    for (const { row, value } of rows) {
      const code = value.components.find((component) => unknown.has(component));
      if (code) problems.push(problem(row, 'components', 'unknown_service', { value: code }));
    }
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const kept = emptiedCells(rows, await keptServices(tx, [...given]));
    const changed = await saveServices(tx, values);
    const rearranged = await saveComponents(tx, values);
    const circles = await circlesIn(tx, rows);
    if (circles.length > 0) throw new RowsRefused(sortProblems(circles));
    await recordAudit(tx, {
      actor,
      action: 'services.loaded',
      entity: 'service',
      entityId: 'all',
      detail: { rows: rows.length, changed, rearranged },
    });
    return { changed, warnings: sortProblems([...kept, ...emptyPackages(rows)]) };
  });
}
