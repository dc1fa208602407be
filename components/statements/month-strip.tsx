import { clsx } from 'clsx';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { MainFigure } from '@/components/ui/main-figure';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import type { MonthOverview, PeriodRow } from '@/server/modules/referral/statements/schema';
import { MonthChart } from './month-chart';

type Props = { overview: MonthOverview; periods: readonly PeriodRow[]; thisMonth: string };

/** What the month comes to, in one low strip: what is to be paid first, then how it came about, and the months before it. */
export function MonthStrip({ overview, periods, thisMonth }: Props) {
  const t = useTranslations('statements.totals');
  const locale = useLocale();
  const { number } = useFormatter();
  const { totals, currency, month } = overview;
  const money = (minor: bigint) => <Money minor={minor} currency={currency} withCurrency={false} />;
  return (
    <section aria-label={t('label')} data-strip="" className="@container card shrink-0 sm:h-14">
      <div className="flex flex-col gap-3 p-(--card-p) sm:h-full sm:flex-row sm:items-center sm:gap-6 sm:px-4 sm:py-0">
        <div className="shrink-0 sm:w-56">
          <p className="mb-0.5 text-xs text-ink-2">{t('payable')}</p>
          <MainFigure className="[&>*]:leading-none">{moneyText(totals.payable, currency, locale)}</MainFigure>
        </div>
        <dl className="grid min-w-0 grid-cols-2 gap-3 sm:flex sm:gap-6">
          <StripFact label={t('commission')} className="sm:@max-[34rem]:hidden">
            {money(totals.commission)}
          </StripFact>
          <StripFact label={t('tax')} className="sm:@max-[44rem]:hidden">
            {money(totals.tax)}
          </StripFact>
          <StripFact label={t('base')} className="sm:@max-[52rem]:hidden">
            {money(totals.base)}
          </StripFact>
          <StripFact label={t('statements')} className="sm:@max-[60rem]:hidden">
            {number(totals.statements)}
          </StripFact>
        </dl>
        <MonthChart
          periods={periods}
          upTo={thisMonth}
          currency={currency}
          current={month}
          className="sm:ml-auto sm:w-96 sm:@max-[66rem]:hidden"
        />
      </div>
    </section>
  );
}

function StripFact({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    <div className={clsx('min-w-0', className)}>
      <dt className="text-xs whitespace-nowrap text-ink-2">{label}</dt>
      <dd className="text-base font-semibold whitespace-nowrap">{children}</dd>
    </div>
  );
}
