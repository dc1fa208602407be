import type { CellProblem, Placed } from '@/server/domain/problems';
import { divideRounded, millionths } from '@/server/platform/money';
import type { PlanRow } from './schema';

/**
 * A rule of a plan. Days are YYYY-MM-DD, `validTo` exclusive; `value` is decimal text: percent, or minor units a line. A rule for a
 * service is for that alone, whatever category stands beside it.
 */
export type Rule = {
  id: string;
  validFrom: string;
  validTo: string | null;
  /** `*` is every category. */
  category: string;
  serviceId: string | null;
  kind: 'percent' | 'fixed';
  value: string;
  bandFrom: bigint;
  cap: bigint | null;
};

/** A settled line of one doctor in one month. `day` is its business day. */
export type Sale = {
  id: string;
  settledAt: number;
  day: string;
  ref: string;
  position: number;
  serviceId: string;
  category: string;
  net: bigint;
};

export type Part = { ruleId: string; part: bigint };
export type Earned = { id: string; commission: bigint; parts: Part[] };

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** By moment, then external reference (code units), then position in the order. */
export const takenFirst = (a: Sale, b: Sale): number =>
  a.settledAt - b.settledAt || byCode(a.ref, b.ref) || a.position - b.position;

const begins = (rule: Rule) => `${rule.validFrom} ${rule.validTo ?? '9999-12-31'}`;

const setOf = (rule: Rule) => `${begins(rule)} ${rule.serviceId ?? rule.category}`;

/**
 * The bands that rule a line: of the rules valid on its day those for its service, else those for its category, else those
 * for `*`; among sets for the same thing, the one that began last. Lowest band first.
 */
export function bandsFor(sale: Sale, rules: readonly Rule[]): Rule[] {
  const valid = rules.filter(
    (rule) => rule.validFrom <= sale.day && (rule.validTo === null || rule.validTo > sale.day),
  );
  const levels = [
    valid.filter((rule) => rule.serviceId === sale.serviceId),
    valid.filter((rule) => rule.serviceId === null && rule.category === sale.category),
    valid.filter((rule) => rule.serviceId === null && rule.category === '*'),
  ];
  const level = levels.find((found) => found.length > 0) ?? [];
  const latest = level.map(begins).sort().at(-1);
  return level.filter((rule) => begins(rule) === latest).sort((a, b) => Number(a.bandFrom - b.bandFrom));
}

function earn(sale: Sale, bands: readonly Rule[], before: bigint): Earned {
  const [lowest] = bands;
  if (!lowest) return { id: sale.id, commission: 0n, parts: [] };
  if (lowest.kind === 'fixed') {
    const amount = divideRounded(millionths(lowest.value), 1_000_000n);
    return { id: sale.id, commission: capped(amount, [lowest]), parts: [{ ruleId: lowest.id, part: sale.net }] };
  }
  const after = before + sale.net;
  const touched = bands.flatMap((rule, at) => {
    const end = bands[at + 1]?.bandFrom;
    const top = end === undefined || after < end ? after : end;
    const bottom = before > rule.bandFrom ? before : rule.bandFrom;
    const standsHere = before >= rule.bandFrom && (end === undefined || before < end);
    return top > bottom || (sale.net === 0n && standsHere) ? [{ rule, part: top - bottom }] : [];
  });
  const exact = touched.reduce((sum, { rule, part }) => sum + part * millionths(rule.value), 0n);
  return {
    id: sale.id,
    commission: capped(
      divideRounded(exact, 100_000_000n),
      touched.map(({ rule }) => rule),
    ),
    parts: touched.map(({ rule, part }) => ({ ruleId: rule.id, part })),
  };
}

function capped(amount: bigint, rules: readonly Rule[]): bigint {
  return rules.reduce((least, { cap }) => (cap !== null && cap < least ? cap : least), amount);
}

/**
 * What each sale of one doctor in one month earns: the plain second calculation that the tests compare with the database's
 * (`commission_sales` and `commission_lines` in `prisma/routines` are what counts).
 */
export function earnings(sales: readonly Sale[], rules: readonly Rule[]): Earned[] {
  const running = new Map<string, bigint>();
  return [...sales].sort(takenFirst).map((sale) => {
    const bands = bandsFor(sale, rules);
    const set = bands[0] ? setOf(bands[0]) : '';
    const before = running.get(set) ?? 0n;
    running.set(set, before + sale.net);
    return earn(sale, bands, before);
  });
}

/** What the database knows of the plans of a sheet: the sets of rules that are there, and what their names mean. */
export type KnownPlans = {
  /** Services by code, with their categories. */
  services: ReadonlyMap<string, string>;
  categories: ReadonlySet<string>;
  /** One entry a rule that is there. */
  rules: readonly PlanRow[];
};

type Given = Placed<PlanRow>;

/** Stands for the row of a rule that is there already. */
const IN_FORCE = 0;

const problemAt = (
  { row }: Given,
  column: keyof PlanRow,
  code: string,
  params: CellProblem['params'] = {},
): CellProblem => ({ row, column, code, params });

/** What a rule is for: a service, else a category. A service's rules are one whatever category stands beside it. */
export const targetOf = (rule: PlanRow): string =>
  `${rule.plan}|${rule.service_code === null ? rule.category : `=${rule.service_code}`}`;

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
};

/** The rows of one set, in the order of the sheet, against its first row and against each other. */
function problemsOfSet(rows: readonly Given[]): CellProblem[] {
  const [first] = rows;
  if (!first) return [];
  const seen = new Map<string, number>();
  const problems = rows.flatMap((given): CellProblem[] => {
    const { value } = given;
    const before = seen.get(value.band_from);
    seen.set(value.band_from, before ?? given.row);
    if (value.kind !== first.value.kind)
      return [problemAt(given, 'kind', 'mixed_kinds', { first: String(first.row), kind: first.value.kind })];
    if (value.valid_to !== first.value.valid_to)
      return [problemAt(given, 'valid_to', 'two_ends', { first: String(first.row) })];
    if (before !== undefined) return [problemAt(given, 'band_from', 'duplicate_band', { first: String(before) })];
    if (value.kind === 'fixed' && value.band_from !== '0') return [problemAt(given, 'band_from', 'fixed_has_bands')];
    return [];
  });
  const [own = first] = rows.filter(({ row }) => row !== IN_FORCE);
  return seen.has('0') || problems.length > 0 ? problems : [problemAt(own, 'band_from', 'band_gap')];
}

const startOf = ([first]: readonly Given[]) => first?.value.valid_from ?? '';

/**
 * Sets for one thing that overlap in time. An open set ends where the next begins, since a rule never changes; one with an end
 * must end before.
 */
function overlapsOf(sets: readonly Given[][]): CellProblem[] {
  const inTime = [...sets].sort((a, b) => byCode(startOf(a), startOf(b)));
  return inTime.flatMap((set, at) => {
    const before = inTime.slice(0, at).find(([one]) => one?.value.valid_to && one.value.valid_to > startOf(set));
    if (!before) return [];
    const own = [...set, ...before].find(({ row }) => row !== IN_FORCE);
    const [other] = own && set.includes(own) ? before : set;
    return own ? [problemAt(own, 'valid_from', 'plan_overlap', { first: String(other?.row) })] : [];
  });
}

function problemsOfRow(given: Given, known: KnownPlans): CellProblem[] {
  const { value } = given;
  const problems: CellProblem[] = [];
  if (value.valid_to !== null && value.valid_to <= value.valid_from)
    problems.push(problemAt(given, 'valid_to', 'ends_before_start'));
  if (value.category !== '*' && !known.categories.has(value.category))
    problems.push(problemAt(given, 'category', 'unknown_category', { value: value.category }));
  if (value.service_code !== null && !known.services.has(value.service_code))
    problems.push(problemAt(given, 'service_code', 'unknown_service', { value: value.service_code }));
  if (value.cap_per_line === '0') problems.push(problemAt(given, 'cap_per_line', 'zero_cap'));
  return problems;
}

const SMALLEST_DONG = 1_000n;

/** Amounts that are right and perhaps meant otherwise: fewer dong than any note has. */
export function smallAmounts(rows: readonly Given[], ownCurrency: string): CellProblem[] {
  if (ownCurrency !== 'VND') return [];
  return rows.flatMap((given) => {
    const { kind, value, band_from, cap_per_line } = given.value;
    const amounts = { value: kind === 'fixed' ? value : null, band_from, cap_per_line };
    return Object.entries(amounts).flatMap(([column, amount]) =>
      amount && Number(amount) > 0 && millionths(amount) < SMALLEST_DONG * 1_000_000n
        ? [problemAt(given, column as keyof typeof amounts, 'small_amount', { value: amount })]
        : [],
    );
  });
}

/** Rules for a service beside a category that is not its own: they are for the service alone, and perhaps meant for the category. */
export function otherCategories(rows: readonly Given[], { services }: Pick<KnownPlans, 'services'>): CellProblem[] {
  return rows.flatMap((given) => {
    const { category, service_code: service } = given.value;
    const own = service === null ? undefined : services.get(service);
    if (service === null || own === undefined || category === '*' || category === own) return [];
    return [problemAt(given, 'category', 'other_category', { value: category, service, own })];
  });
}

const ruleKey = (rule: PlanRow) => `${targetOf(rule)}|${rule.valid_from}|${rule.band_from}`;

const saysTheSame = (a: PlanRow, b: PlanRow) =>
  a.category === b.category &&
  a.valid_to === b.valid_to &&
  a.kind === b.kind &&
  millionths(a.value) === millionths(b.value) &&
  a.cap_per_line === b.cap_per_line;

/**
 * Everything that forbids a sheet of plans, by row: what its rows say against each other, and against the rules that are in force
 * already, which never change. Rows that only repeat such a rule are right.
 */
export function planProblems(rows: readonly Given[], known: KnownPlans): CellProblem[] {
  const inForce = new Map(known.rules.map((rule) => [ruleKey(rule), rule]));
  const problems: CellProblem[] = [];
  const fresh: Given[] = [];
  for (const given of rows) {
    const twin = inForce.get(ruleKey(given.value));
    if (!twin) fresh.push(given);
    else if (!saysTheSame(twin, given.value)) problems.push(problemAt(given, 'value', 'rule_differs'));
  }
  problems.push(...fresh.flatMap((given) => problemsOfRow(given, known)));
  const stored: Given[] = known.rules.map((value) => ({ row: IN_FORCE, value }));
  for (const target of groupBy([...stored, ...fresh], ({ value }) => targetOf(value))) {
    const sets = groupBy(target, ({ value }) => value.valid_from);
    problems.push(...sets.flatMap(problemsOfSet), ...overlapsOf(sets));
  }
  return problems.filter(({ row }) => row !== IN_FORCE);
}
