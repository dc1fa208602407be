import { separators } from '@/components/ui/money-text';

/**
 * By how much a price changed, in percent of the price before, signed, to one decimal, half away from zero: "+5,3%".
 * Null where the price before was zero: there is nothing to be a percent of.
 */
export function percentText(before: bigint, difference: bigint, locale: string): string | null {
  if (before <= 0n || difference === 0n) return null;
  const size = difference < 0n ? -difference : difference;
  const tenths = (size * 2_000n + before) / (before * 2n);
  const { decimal } = separators(locale);
  const fraction = tenths % 10n === 0n ? '' : `${decimal}${tenths % 10n}`;
  if (tenths === 0n) return `${difference < 0n ? '−' : '+'}<0${decimal}1%`;
  return `${difference < 0n ? '−' : '+'}${tenths / 10n}${fraction}%`;
}
