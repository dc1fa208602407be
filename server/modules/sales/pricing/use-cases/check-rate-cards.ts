import { dayGaps } from '@/server/domain/day-gaps';
import { decimalAmounts } from '@/server/domain/minor-units';
import { type CellProblem, caseTwins, sortProblems } from '@/server/domain/problems';
import type { Transaction } from '@/server/platform/db';
import { cardCodesLike, currencyOfOrganisation, forceOfScopes, standingOf, type VersionStanding } from '../repository';
import {
  disagreements,
  endsAfterStart,
  type GatheredVersion,
  gatherVersions,
  oddPrices,
  overlapsInSheet,
  type PlacedRow,
  rivalsInSheet,
} from '../rules';
import type { VersionDifference, VersionGiven } from '../schema';

type Whole = Omit<CellProblem, 'row'>;

const whole = (column: string, code: string, params: CellProblem['params'] = {}): Whole => ({ column, code, params });

/** What is published, or missing, and forbids the version as a whole; reported at its first row. */
function problemOfVersion(given: VersionGiven, at: VersionStanding): Whole | null {
  if (!at.targetKnown) return whole('scope', 'unknown_scope', { value: given.scope });
  if (at.cardFits === false) return whole('rate_card', 'rate_card_scope_differs');
  if (at.overlaps) return whole('valid_from', 'rate_card_overlap');
  if (at.sameFrom && at.sameFrom.validTo !== given.valid_to) return whole('valid_to', 'rate_card_differs');
  const listed = new Set(given.items.map((item) => item.service_code));
  const lost = at.sameFrom && Object.keys(at.sameFrom.prices).some((code) => !listed.has(code));
  return lost ? whole('rate_card', 'rate_card_differs') : null;
}

/** What is published already is not asked about again. */
function rivalOf({ row, value: { service_code: service, price } }: PlacedRow, at: VersionStanding): CellProblem[] {
  const rival = at.rivals[service];
  if (!rival || at.sameFrom || BigInt(rival.price) === BigInt(price)) return [];
  return [{ row, ...whole('price', 'rival_card', { card: rival.card }) }];
}

function problemsOfRows(rows: readonly PlacedRow[], at: VersionStanding): CellProblem[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, value: { service_code: service, price } }): CellProblem[] => {
    const before = seen.get(service);
    seen.set(service, before ?? row);
    if (at.unknownServices.includes(service))
      return [{ row, ...whole('service_code', 'unknown_service', { value: service }) }];
    if (before !== undefined)
      return [{ row, ...whole('service_code', 'duplicate_service', { first: String(before) }) }];
    const published = at.sameFrom?.prices[service];
    if (!at.sameFrom || (published && BigInt(published) === BigInt(price))) return [];
    return [{ row, ...whole(published ? 'price' : 'service_code', 'rate_card_differs') }];
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

async function checkVersion(tx: Transaction, { given, first, rows }: GatheredVersion, inSheet: readonly CellProblem[]) {
  const at = await standingOf(tx, given);
  const problems = problemsOfRows(rows, at);
  const ofAll = problemOfVersion(given, at);
  const isSaid = problems.some(({ code }) => code === ofAll?.code);
  if (ofAll && !isSaid) problems.push({ row: first.row, ...ofAll });
  const own = new Set(rows.map(({ row }) => row));
  // A price of a row that is wrong itself is compared with nothing.
  const wrong = new Set([...inSheet, ...problems].map(({ row }) => row));
  problems.push(...rows.filter(({ row }) => !wrong.has(row)).flatMap((placed) => rivalOf(placed, at)));
  const refused = problems.length > 0 || inSheet.some(({ row }) => own.has(row));
  return { problems, version: { given, isNew: !at.sameFrom }, difference: differenceOf(given, at, refused) };
}

export type CheckedRateCards = {
  problems: CellProblem[];
  /** What is right and perhaps meant otherwise. */
  warnings: CellProblem[];
  versions: { given: VersionGiven; isNew: boolean }[];
  differences: VersionDifference[];
};

/**
 * The one check of rows of rate cards, for the dry run and for the publishing alike: what the rows say against each other, against
 * the organisation's currency, and against what is published. Answers each wrong cell once, the versions, and what they change.
 */
export async function checkRateCards({
  tx,
  rows,
}: {
  tx: Transaction;
  rows: readonly PlacedRow[];
}): Promise<CheckedRateCards> {
  const currency = await currencyOfOrganisation(tx);
  const gathered = gatherVersions(rows.filter(endsAfterStart), currency);
  const codes = rows.map(({ value }) => value.rate_card);
  const twins = caseTwins(rows, (row) => row.rate_card, await cardCodesLike(tx, codes), 'rate_card');
  const problems = [
    ...twins,
    ...decimalAmounts(rows, currency),
    ...disagreements(rows, currency),
    ...overlapsInSheet(gathered),
    ...rivalsInSheet(gathered),
  ];
  const checked = [];
  for (const version of gathered) checked.push(await checkVersion(tx, version, problems));
  return {
    problems: sortProblems([...problems, ...checked.flatMap((one) => one.problems)]),
    warnings: [...oddPrices(rows, currency), ...dayGaps(rows, ({ scope }) => scope, await forceOfScopes(tx))],
    versions: checked.map(({ version }) => version),
    differences: checked.map(({ difference }) => difference),
  };
}
