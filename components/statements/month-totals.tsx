import { useLocale, useTranslations } from 'next-intl';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';

/** What the month comes to. */
export function MonthTotals({ overview }: { overview: MonthOverview }) {
  const t = useTranslations('statements.totals');
  const locale = useLocale();
  const { totals, states, currency } = overview;
  const money = (minor: bigint) => <Money minor={minor} currency={currency} withCurrency={false} />;
  const moved = totals.carryForward !== 0n || totals.adjustments !== 0n;
  const approved = states.approved + states.published + states.paid;
  return (
    <StatTiles>
      <StatTile
        label={t('statements')}
        value={totals.statements}
        hint={t('statementsHint', { orders: totals.orders, lines: totals.lines })}
      />
      <StatTile label={t('base')} value={money(totals.base)} />
      <StatTile
        label={t('commission')}
        value={money(totals.commission)}
        hint={
          moved
            ? t('carried', {
                carried: moneyText(totals.carryForward, currency, locale),
                adjusted: moneyText(totals.adjustments, currency, locale),
              })
            : undefined
        }
      />
      <StatTile label={t('tax')} value={money(totals.tax)} />
      <StatTile
        label={t('payable')}
        value={money(totals.payable)}
        hint={t('progressHint', { approved, published: states.published + states.paid })}
      />
    </StatTiles>
  );
}
