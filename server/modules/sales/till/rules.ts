/** What a count comes to. `counts`: denomination in minor units → pieces. */
export const countedTotal = (counts: Readonly<Record<string, number>>): bigint =>
  Object.entries(counts).reduce((sum, [value, pieces]) => sum + BigInt(value) * BigInt(pieces), 0n);
