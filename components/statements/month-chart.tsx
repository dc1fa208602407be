import { clsx } from 'clsx';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { shares } from '@/components/ui/bar-list';
import { moneyText } from '@/components/ui/money-text';
import type { PeriodRow } from '@/server/modules/referral/statements/schema';
import { monthsUpTo, monthText } from './month-text';

type Props = { periods: readonly PeriodRow[]; upTo: string; currency: string; current?: string };

/** Twelve months of commission as columns; each is a way to its month, and says its figure. */
export function MonthChart({ periods, upTo, currency, current }: Props) {
  const t = useTranslations('statements.periods');
  const locale = useLocale();
  const months = monthsUpTo(upTo, 12).reverse();
  const known = new Map(periods.map((period) => [period.month, period]));
  const heights = shares(months.map((month) => known.get(month)?.commission ?? 0n));
  return (
    <figure className="card p-(--card-p)">
      <figcaption className="mb-3 text-xs text-ink-2">{t('chart')}</figcaption>
      <ol className="flex h-28 items-end gap-1 sm:gap-2">
        {months.map((month, at) => {
          const amount = moneyText(known.get(month)?.commission ?? 0n, currency, locale);
          const says = t('chartBar', { month: monthText(month), amount });
          return (
            <li key={month} className="flex h-full min-w-0 flex-1 flex-col">
              <Link
                href={`/statements/${month}`}
                title={says}
                aria-label={says}
                aria-current={month === current ? 'page' : undefined}
                className="group flex h-full flex-col justify-end rounded-md hover:bg-hover"
              >
                <span
                  aria-hidden="true"
                  style={{ height: `${(heights[at] ?? 0) * 100}%` }}
                  className={clsx(
                    'mx-auto w-full max-w-8 rounded-t-[3px]',
                    month === current ? 'bg-accent' : 'bg-accent-line group-hover:bg-accent',
                  )}
                />
                <span className="tabular mt-1 border-t pt-1 text-center text-xs text-ink-3">{month.slice(5)}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
