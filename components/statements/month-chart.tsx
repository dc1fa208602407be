import { useLocale, useTranslations } from 'next-intl';
import { monthName } from '@/components/statement-access/month-name';
import { ColumnChart } from '@/components/ui/charts/column-chart';
import { moneyText } from '@/components/ui/money-text';
import type { PeriodRow } from '@/server/modules/referral/statements/schema';
import { monthsUpTo } from './month-text';

type Props = { periods: readonly PeriodRow[]; upTo: string; currency: string; current?: string; className?: string };

const MONTHS = 12;

/**
 * Up to twelve months of commission as columns, each a way to its month. One month alone has no course: with fewer than two there is no
 * chart.
 */
export function MonthChart({ periods, upTo, currency, current, className }: Props) {
  const t = useTranslations('statements.periods');
  const locale = useLocale();
  const known = new Map(periods.map((period) => [period.month, period]));
  const months = monthsUpTo(upTo, MONTHS).reverse();
  const first = months.findIndex((month) => known.has(month));
  if (months.filter((month) => known.has(month)).length < 2) return null;
  const points = months.slice(first).map((month) => {
    const commission = known.get(month)?.commission ?? 0n;
    return {
      id: month,
      label: monthName(month, locale),
      value: Number(commission),
      text: moneyText(commission, currency, locale),
    };
  });
  return (
    <ColumnChart
      label={t('chart')}
      points={points}
      hrefOf={(month) => `/statements/${month}`}
      {...(current ? { current } : {})}
      {...(className ? { className } : {})}
    />
  );
}
