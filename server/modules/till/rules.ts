/** Notes and coins that are counted at a close, by currency, the largest first. Minor units. */
const DENOMINATIONS: Record<string, readonly number[]> = {
  VND: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 100, 25, 10, 5, 1],
};

/** The denominations of a currency; for one without a list, single minor units, so that any sum can be entered. */
export const denominationsOf = (currency: string): readonly number[] => DENOMINATIONS[currency] ?? [1];

/** What a count comes to. `counts`: denomination in minor units → pieces. */
export const countedTotal = (counts: Readonly<Record<string, number>>): bigint =>
  Object.entries(counts).reduce((sum, [value, pieces]) => sum + BigInt(value) * BigInt(pieces), 0n);
