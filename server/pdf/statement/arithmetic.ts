import { formatPercent } from '../paper/format';
import type { Setting } from './sheet';
import { statementTexts } from './texts';
import type { StatementRule } from './view-model';

/**
 * How a commission was reached, a line of text for each step: `10 %` where one rate applies to the whole line,
 * `8 % × 200.000` for each band where there are several, then the cap if it took effect.
 */
export function arithmeticOf(rule: StatementRule, { language, money }: Setting): string[] {
  const texts = statementTexts[language];
  if (rule.kind === 'none') return [texts.noRule];
  const cap = rule.cap === null ? [] : [texts.capped(money(rule.cap))];
  if (rule.kind === 'fixed') return [texts.fixed(money(rule.amount)), ...cap];
  const [only, ...others] = rule.parts;
  const steps =
    only && others.length === 0
      ? [formatPercent(only.percent, language)]
      : rule.parts.map((part) => `${formatPercent(part.percent, language)} × ${money(part.base)}`);
  return [...steps, ...cap];
}
