import { shortDecimal } from '@/server/domain/digits';
import type { PublishedLine } from '@/server/modules/referral/statements/schema';

/** A line of arithmetic: what is multiplied, by how much, and what comes out (null where one rounding covers several parts). */
export type Factor = { base: bigint; percent: string; from: bigint };

export type Explanation =
  | { kind: 'percent'; parts: Factor[]; cap: bigint | null }
  | { kind: 'fixed'; amount: bigint; cap: bigint | null }
  | { kind: 'none' };

/** How a line's commission came about, as figures; a refund carries the rule of its sale. */
export function explain({ rule }: Pick<PublishedLine, 'rule'>): Explanation {
  if (rule.kind === 'none') return rule;
  const cap = rule.cap === null ? null : BigInt(rule.cap);
  if (rule.kind === 'fixed') return { kind: 'fixed', amount: BigInt(rule.amount), cap };
  const parts = rule.parts.map((part) => ({ base: BigInt(part.base), percent: part.percent, from: BigInt(part.from) }));
  return { kind: 'percent', parts, cap };
}

/** `12.500` as people write it: `12.5` in English, `12,5` in Vietnamese. */
export function percentText(percent: string, locale: string): string {
  const plain = shortDecimal(percent);
  return locale === 'vi' ? plain.replace('.', ',') : plain;
}
