// Money is an integer count of minor units; its ISO 4217 code is kept with it.

/** Divides and rounds half away from zero: 5/2 is 3 and -5/2 is -3, so that a refund mirrors its sale. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -rounded : rounded;
}

const DECIMAL = /^-?\d{1,12}(\.\d{1,6})?$/;

/** A decimal text such as "12.5" as an integer count of millionths. Throws `RangeError` on anything else. */
export function millionths(decimal: string): bigint {
  if (!DECIMAL.test(decimal)) throw new RangeError('not a decimal number');
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const value = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return negative ? -value : value;
}

/** `percent` (a decimal text, "12.5" is 12.5 %) of an amount, rounded half away from zero. */
export const percentOf = (amount: bigint, percent: string): bigint =>
  divideRounded(amount * millionths(percent), 100_000_000n);

/**
 * Splits an amount by weights so that the parts add up to it: largest remainder, earlier parts first on a tie.
 * Weights are not negative and not all zero.
 */
export function split(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('weights must be positive');
  const sign = amount < 0n ? -1n : 1n;
  const whole = amount * sign;
  const parts = weights.map((weight) => (whole * weight) / total);
  const order = weights
    .map((weight, index) => ({ index, remainder: (whole * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  let left = whole - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map((part) => part * sign);
}
