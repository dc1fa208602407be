import { inTransaction, type Transaction } from '@/server/platform/db';
import { standingOf, type VersionStanding } from '../repository';
import { gatherVersions } from '../rules';
import {
  type RateCardProblem,
  type RateCardRow,
  rateCardRow,
  type VersionDifference,
  type VersionGiven,
} from '../schema';

/** A row of the sheet: its number there, and its cells by column. */
export type SheetCells = { row: number; cells: Record<string, string | undefined> };
type Placed = { row: number; value: RateCardRow };

function readRow({ row, cells }: SheetCells): { placed?: Placed; problems: RateCardProblem[] } {
  const read = rateCardRow.safeParse(cells);
  if (read.success && (!read.data.valid_to || read.data.valid_to > read.data.valid_from))
    return { placed: { row, value: read.data }, problems: [] };
  const columns = read.success ? ['valid_to'] : [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
  const codeOf = (column: string) => (cells[column]?.trim() ? 'bad_value' : 'required');
  return { problems: columns.map((column) => ({ row, column, code: codeOf(column) })) };
}

/** What forbids the version as a whole; told at its first row. */
function problemOfVersion(given: VersionGiven, at: VersionStanding): Omit<RateCardProblem, 'row'> | null {
  if (!at.targetKnown) return { column: 'scope', code: 'unknown_scope' };
  if (at.cardFits === false) return { column: 'rate_card', code: 'rate_card_scope_differs' };
  if (at.overlaps) return { column: 'valid_from', code: 'rate_card_overlap' };
  if (at.sameFrom && at.sameFrom.validTo !== given.valid_to) return { column: 'valid_to', code: 'rate_card_differs' };
  const listed = new Set(given.items.map((item) => item.service_code));
  const lost = at.sameFrom && Object.keys(at.sameFrom.prices).some((code) => !listed.has(code));
  return lost ? { column: 'rate_card', code: 'rate_card_differs' } : null;
}

function problemsOfRows(rows: Placed[], at: VersionStanding): RateCardProblem[] {
  const seen = new Set<string>();
  return rows.flatMap(({ row, value: { service_code: service, price } }) => {
    const again = seen.size === seen.add(service).size;
    if (at.unknownServices.includes(service)) return [{ row, column: 'service_code', code: 'unknown_service' }];
    if (again) return [{ row, column: 'service_code', code: 'duplicate_service' }];
    const published = at.sameFrom?.prices[service];
    if (!at.sameFrom || (published && BigInt(published) === BigInt(price))) return [];
    return [{ row, column: published ? 'price' : 'service_code', code: 'rate_card_differs' }];
  });
}

function differenceOf(given: VersionGiven, at: VersionStanding, refused: boolean): VersionDifference {
  const items = given.items.map(({ service_code: service, price }) => ({
    service,
    from: at.inForce[service] ?? null,
    to: BigInt(price).toString(),
  }));
  const listed = new Set(items.map(({ service }) => service));
  const changed = items.filter(({ from, to }) => from !== null && from !== to);
  const added = items.filter(({ from }) => from === null);
  return {
    rateCard: given.rate_card,
    scope: given.scope,
    validFrom: given.valid_from,
    validTo: given.valid_to,
    outcome: refused ? 'refused' : at.sameFrom ? 'unchanged' : 'new',
    added: added.length,
    changed: changed.length,
    same: items.length - added.length - changed.length,
    missing: Object.keys(at.inForce).filter((code) => !listed.has(code)).length,
    items: [...changed, ...added],
  };
}

async function previewVersion(tx: Transaction, given: VersionGiven, rows: Placed[]) {
  const at = await standingOf(tx, given);
  const whole = problemOfVersion(given, at);
  const problems = problemsOfRows(rows, at);
  const first = rows[0]?.row ?? 0;
  if (whole && !problems.some(({ row, column }) => row === first && column === whole.column))
    problems.push({ row: first, ...whole });
  return { problems, difference: differenceOf(given, at, problems.length > 0) };
}

/** Checks a sheet of rate cards without writing: every wrong cell, and what each version would change. */
export async function previewRateCards({ rows }: { rows: SheetCells[] }): Promise<{
  errors: RateCardProblem[];
  differences: VersionDifference[];
  fitting: RateCardRow[];
}> {
  const read = rows.map(readRow);
  const errors = read.flatMap(({ problems }) => problems);
  const placed = read.flatMap((one) => one.placed ?? []);
  const differences: VersionDifference[] = [];
  await inTransaction(async (tx) => {
    for (const version of gatherVersions(placed.map(({ value }) => value))) {
      const own = placed.filter(
        ({ value }) =>
          value.rate_card === version.rate_card &&
          value.valid_from === version.valid_from &&
          value.valid_to === version.valid_to,
      );
      const { problems, difference } = await previewVersion(tx, version, own);
      errors.push(...problems);
      differences.push(difference);
    }
  }, 60_000);
  errors.sort((a, b) => a.row - b.row);
  return { errors, differences, fitting: placed.map(({ value }) => value) };
}
