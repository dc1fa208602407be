import type { CellProblem, Placed } from '@/server/domain/problems';
import type { RateCardRow, VersionGiven } from './schema';

export type PlacedRow = Placed<RateCardRow>;

/** The rows of one version, the first of them apart, with what they make together. */
export type GatheredVersion = { given: VersionGiven; first: PlacedRow; rows: PlacedRow[] };

const problemAt = (
  { row }: PlacedRow,
  column: keyof RateCardRow,
  code: string,
  params: CellProblem['params'] = {},
): CellProblem => ({ row, column, code, params });

/**
 * Gathers rows into versions: same card and same first day, in the order in which they first appear. What a version says as a whole
 * is what its first row says; rows that disagree are `disagreements`.
 */
export function gatherVersions(rows: readonly PlacedRow[], ownCurrency: string): GatheredVersion[] {
  const versions = new Map<string, GatheredVersion>();
  for (const placed of rows) {
    const { service_code, price, ...head } = placed.value;
    const key = JSON.stringify([head.rate_card, head.valid_from]);
    const given = { ...head, currency: head.currency ?? ownCurrency, items: [] };
    const version = versions.get(key) ?? { given, first: placed, rows: [] };
    version.given.items.push({ service_code, price });
    version.rows.push(placed);
    versions.set(key, version);
  }
  return [...versions.values()];
}

/** Whether the validity of a row is one: the database knows no day in a range that ends before it begins. */
export const endsAfterStart = ({ value }: PlacedRow) => value.valid_to === null || value.valid_to > value.valid_from;

/** Rows that say of their card or version something else than its first row, and those in another currency than the organisation's. */
export function disagreements(rows: readonly PlacedRow[], ownCurrency: string): CellProblem[] {
  const cards = new Map<string, PlacedRow>();
  const versions = new Map<string, PlacedRow>();
  return rows.flatMap((placed): CellProblem[] => {
    const { value } = placed;
    const key = JSON.stringify([value.rate_card, value.valid_from]);
    const card = cards.get(value.rate_card) ?? placed;
    const version = versions.get(key) ?? placed;
    cards.set(value.rate_card, card);
    versions.set(key, version);
    const problems: CellProblem[] = [];
    if (value.currency !== null && value.currency !== ownCurrency)
      problems.push(problemAt(placed, 'currency', 'other_currency', { value: value.currency, own: ownCurrency }));
    if (value.scope !== card.value.scope)
      problems.push(
        problemAt(placed, 'scope', 'differs_in_card', { first: String(card.row), value: card.value.scope }),
      );
    if (value.valid_to !== version.value.valid_to)
      problems.push(problemAt(placed, 'valid_to', 'two_ends', { first: String(version.row) }));
    if (!endsAfterStart(placed)) problems.push(problemAt(placed, 'valid_to', 'ends_before_start'));
    return problems;
  });
}

/** Versions of one card in one sheet that hold the same day. An open one holds every day from its first on. */
export function overlapsInSheet(versions: readonly GatheredVersion[]): CellProblem[] {
  const inTime = [...versions].sort((a, b) => (a.given.valid_from < b.given.valid_from ? -1 : 1));
  return inTime.flatMap(({ given, first }, at) => {
    const before = inTime
      .slice(0, at)
      .find(
        (other) =>
          other.given.rate_card === given.rate_card &&
          (other.given.valid_to === null || other.given.valid_to > given.valid_from),
      );
    if (!before) return [];
    return [problemAt(first, 'valid_from', 'overlap_in_sheet', { first: String(before.first.row) })];
  });
}

/**
 * Prices that two cards of one scope give for one service from one day on, and that differ: which of them counts would be an accident.
 * Cards that begin on different days follow each other.
 */
export function rivalsInSheet(versions: readonly GatheredVersion[]): CellProblem[] {
  const first = new Map<string, PlacedRow>();
  const rows = versions.flatMap((version) => version.rows).sort((a, b) => a.row - b.row);
  return rows.flatMap((placed): CellProblem[] => {
    const { rate_card: card, scope, valid_from: from, service_code: service, price } = placed.value;
    const key = JSON.stringify([scope, from, service]);
    const before = first.get(key)?.value;
    if (!before) first.set(key, placed);
    if (!before || before.rate_card === card || BigInt(before.price) === BigInt(price)) return [];
    return [problemAt(placed, 'price', 'rival_card', { card: before.rate_card })];
  });
}

const SMALLEST_DONG = 1_000n;

/** Prices that are right and perhaps meant otherwise: none at all, or fewer dong than any note has. */
export function oddPrices(rows: readonly PlacedRow[], ownCurrency: string): CellProblem[] {
  return rows.flatMap((placed) => {
    const price = BigInt(placed.value.price);
    if (price === 0n) return [problemAt(placed, 'price', 'zero_price')];
    const small = ownCurrency === 'VND' && price < SMALLEST_DONG;
    return small ? [problemAt(placed, 'price', 'small_price', { value: placed.value.price })] : [];
  });
}

/** `branch:Q3` as its kind and the code behind it. */
export function splitScope(scope: string): { kind: string; code: string | null } {
  const [kind = '', code = null] = scope.split(':', 2);
  return { kind, code };
}
