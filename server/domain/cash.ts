/** Money that people put on a counter: minor units, largest first. */
type Cash = {
  notes: readonly number[];
  coins: readonly number[];
  /** What cash is rounded to: the smallest piece in daily use. Cash may be counted in smaller ones. */
  unit: number;
};

/**
 * What central banks issue and people use, by ISO 4217 code. Larger notes that are hardly seen are left out.
 */
const CASH: Record<string, Cash> = {
  VND: { notes: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500], coins: [], unit: 500 },
  USD: { notes: [10_000, 5_000, 2_000, 1_000, 500, 100], coins: [25, 10, 5, 1], unit: 1 },
  EUR: { notes: [20_000, 10_000, 5_000, 2_000, 1_000, 500], coins: [200, 100, 50, 20, 10, 5, 2, 1], unit: 1 },
  GBP: { notes: [5_000, 2_000, 1_000, 500], coins: [200, 100, 50, 20, 10, 5, 2, 1], unit: 1 },
  CHF: { notes: [100_000, 20_000, 10_000, 5_000, 2_000, 1_000], coins: [500, 200, 100, 50, 20, 10, 5], unit: 5 },
  AUD: { notes: [10_000, 5_000, 2_000, 1_000, 500], coins: [200, 100, 50, 20, 10, 5], unit: 5 },
  SGD: { notes: [10_000, 5_000, 1_000, 500, 200], coins: [100, 50, 20, 10, 5], unit: 5 },
  THB: { notes: [100_000, 50_000, 10_000, 5_000, 2_000], coins: [1_000, 500, 200, 100, 50, 25], unit: 25 },
  CNY: { notes: [10_000, 5_000, 2_000, 1_000, 500, 100], coins: [100, 50, 10], unit: 10 },
  JPY: { notes: [10_000, 5_000, 1_000], coins: [500, 100, 50, 10, 5, 1], unit: 1 },
  KRW: { notes: [50_000, 10_000, 5_000, 1_000], coins: [500, 100, 50, 10], unit: 10 },
};

/** Notes and coins to count, the largest first; for a currency without a list single minor units, so that any sum can be entered. */
export function denominationsOf(currency: string): readonly number[] {
  const cash = CASH[currency];
  return cash ? [...new Set([...cash.notes, ...cash.coins])].sort((a, b) => b - a) : [1];
}

/** The notes that people hand over for a larger bill: the six largest, ascending. */
export const notesOf = (currency: string): readonly number[] => (CASH[currency]?.notes ?? []).slice(0, 6).toReversed();

/** The cash unit of every currency that has one above its minor unit. */
export const CASH_UNITS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(CASH).flatMap(([currency, { unit }]) => (unit > 1 ? [[currency, unit]] : [])),
);

/** The largest note of every currency with a list. */
export const LARGEST_NOTES: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(CASH).map(([currency, { notes }]) => [currency, Math.max(...notes)]),
);

/**
 * Whether so much change says that a sum was mistyped: nobody hands over a note that is not needed, so change is less than the
 * largest note. Not known of a currency without a list.
 */
export function isTooMuchChange(change: bigint, currency: string): boolean {
  const largest = LARGEST_NOTES[currency];
  return largest !== undefined && change >= BigInt(largest);
}

/** An amount as cash can make it: the nearest multiple of the currency's cash unit, half away from zero. */
export function roundedCash(amount: bigint, currency: string): bigint {
  const unit = BigInt(CASH_UNITS[currency] ?? 1);
  const size = amount < 0n ? -amount : amount;
  const rounded = ((2n * size + unit) / (2n * unit)) * unit;
  return amount < 0n ? -rounded : rounded;
}
