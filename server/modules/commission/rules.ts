import { divideRounded, millionths } from '@/server/platform/money';

/** A rule of a plan. Days are YYYY-MM-DD, `validTo` exclusive; `value` is decimal text: percent, or minor units a line. */
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

const setOf = (rule: Rule) => [rule.validFrom, rule.validTo, rule.category, rule.serviceId].join('|');

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
  const latest = level.reduce<Rule | undefined>(
    (best, rule) => (!best || begins(rule) > begins(best) ? rule : best),
    undefined,
  );
  return level
    .filter((rule) => latest && setOf(rule) === setOf(latest))
    .sort((a, b) => (a.bandFrom < b.bandFrom ? -1 : 1));
}

const begins = (rule: Rule) => `${rule.validFrom}|${rule.validTo ?? '9999-12-31'}`;

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
 * What each sale of one doctor in one month earns: the plain second reckoning that the tests hold the database's against
 * (`commission_sales` in the migrations is the one that counts).
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
