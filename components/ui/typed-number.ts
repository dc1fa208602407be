import { type NumberProblem, type NumberRule, PERCENT_UNITS, readNumber } from '@/server/domain/number';
import { plainLine } from '@/server/domain/text';
import { separators } from './money-text';

export type NumberLimits = { min?: number | undefined; max?: number | undefined; decimals?: number | undefined };

/** What stands in a number box: its text, its value where it has one, and why it cannot be read. */
export type TypedNumber = { text: string; value: number | null; problem: NumberProblem | null };

const MOST = 1_000_000_000_000;

const ruleOf = ({ min = 0, max = MOST, decimals = 0 }: NumberLimits): NumberRule => ({
  decimals,
  most: String(max),
  least: String(Math.max(min, 0)),
  units: PERCENT_UNITS,
  ...(min < 0 ? { negative: true } : {}),
});

/**
 * Reads a number box by the one rule of numbers: refused beyond its limits, never clamped, and where it can be read two ways. A sign
 * just typed behind the figure is waited for.
 */
export function readTyped(raw: string, limits: NumberLimits): TypedNumber {
  const text = plainLine(raw);
  if (text === '') return { text: raw, value: null, problem: null };
  const read = readNumber(text.replace(/(?<=\d)[.,]$/, ''), ruleOf(limits));
  if (!('value' in read)) return { text: raw, value: null, problem: read.code };
  return { text: raw, value: Number(read.value), problem: null };
}

/** A number as the box writes it: the language's decimal sign, and no groups, which would have to be typed around. */
export const numberText = (value: number | null, locale: string): string =>
  value === null ? '' : String(value).replace('.', separators(locale).decimal);

/** One step up or down, within the limits; from an empty box it begins at the least. */
export function stepped(value: number | null, by: number, { min = 0, max = MOST, decimals = 0 }: NumberLimits): number {
  if (value === null) return by > 0 ? Math.max(min, 0) : Math.min(max, Math.max(min, 0));
  return Math.min(Math.max(Number((value + by).toFixed(decimals)), min), max);
}
