import { z } from 'zod';
import { asNumberField, choice, code, day, dayOrNull, line, lineOrNull, numberOrNull } from '@/server/domain/fields';
import { AMOUNT_RULE, type NumberRule, numberOf, PERCENT_UNITS, PRICE_RULE, readNumber } from '@/server/domain/number';

/** What a rule may give: up to a hundred percent with four decimals, or an amount a line. */
const SHARE_RULE: NumberRule = { decimals: 4, most: '100', units: PERCENT_UNITS };
const RULES: Record<string, NumberRule> = { percent: SHARE_RULE, fixed: PRICE_RULE };
const ruleOf = (kind: unknown) => RULES[String(kind)];

/** One row of `commission-plans.csv`. Percent or minor units a line; bands and caps in minor units. */
export const planRow = z
  .object({
    plan: code(),
    valid_from: day,
    valid_to: dayOrNull,
    category: line('title'),
    service_code: lineOrNull('code'),
    kind: choice(['percent', 'fixed']),
    value: asNumberField(line('code'), SHARE_RULE, PRICE_RULE),
    band_from: numberOrNull(AMOUNT_RULE).transform((value) => value ?? '0'),
    cap_per_line: numberOrNull(PRICE_RULE),
  })
  .superRefine(
    ({ kind, value }, check) => {
      const rule = ruleOf(kind);
      const read = rule && typeof value === 'string' ? readNumber(value, rule) : null;
      if (!read || 'value' in read) return;
      check.addIssue({ code: 'custom', path: ['value'], message: read.code, params: read.params });
    },
    // Also where another cell is wrong: every wrong cell of a row is reported at once.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )
  .overwrite((row) => ({ ...row, value: numberOf(row.value, ruleOf(row.kind) ?? PRICE_RULE) ?? row.value }));
export type PlanRow = z.output<typeof planRow>;
