import { useLocale, useTranslations } from 'next-intl';
import { ShareBar } from '@/components/ui/charts/share-bar';
import { DayText } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { currencySign, moneyText } from '@/components/ui/money-text';
import { Sum, type SumRow } from '@/components/ui/sum';
import type { PublishedStatement } from '@/server/modules/referral/statements/schema';
import { percentText } from './arithmetic';

/** The statement as a sum: commission, what is added and taken away, what is left. */
export function StatementSum({ statement }: { statement: PublishedStatement }) {
  const t = useTranslations('doctor-statement.sum');
  const locale = useLocale();
  const { sums, currency } = statement;
  const [commission, adjustments, carried, tax] = [sums.commission, sums.adjustments, sums.carryForward, sums.tax].map(
    BigInt,
  );
  const money = (minor: bigint | string) => moneyText(BigInt(minor), currency, locale);
  const taxable = (commission ?? 0n) + (adjustments ?? 0n) + (carried ?? 0n);
  const taxNote = tax
    ? t('taxNote', { rate: percentText(sums.taxRate, locale), amount: money(taxable) })
    : t('noTaxNote', { threshold: money(sums.taxThreshold) });
  const rows: SumRow[] = [
    {
      id: 'base',
      label: t('base'),
      minor: BigInt(sums.base),
      count: sums.lines,
      note: t('baseNote', { lines: sums.lines, orders: sums.orders }),
      basis: true,
    },
    { id: 'commission', label: t('commission'), minor: commission ?? 0n },
    ...(adjustments ? [{ id: 'adjustments', label: t('adjustments'), minor: adjustments }] : []),
    ...(carried ? [{ id: 'carried', label: t('carryForward'), minor: carried, note: t('carryNote') }] : []),
    { id: 'tax', label: t('tax'), minor: -(tax ?? 0n), note: Number(sums.taxRate) === 0 ? undefined : taxNote },
  ];
  return (
    <section aria-labelledby="sum" className="flex flex-col gap-2">
      <h2 id="sum" className="font-semibold">
        {t('title')}
      </h2>
      <Sum
        rows={rows}
        heads={{ count: t('lines'), amount: t('amount', { currency: currencySign(currency, locale) }) }}
        total={{ label: t('payable'), minor: BigInt(sums.payable) }}
        currency={currency}
      />
    </section>
  );
}

/** Revenue by category of service, as one bar. */
export function StatementCategories({ statement }: { statement: PublishedStatement }) {
  const t = useTranslations('doctor-statement');
  const locale = useLocale();
  const { categories, currency } = statement;
  if (categories.length === 0) return null;
  const points = categories.map((category) => ({
    id: category.category,
    label: locale === 'vi' ? category.name.vi : category.name.en,
    value: Number(category.base),
    text: moneyText(BigInt(category.base), currency, locale),
  }));
  return (
    <section aria-labelledby="categories" className="flex flex-col gap-2">
      <h2 id="categories" className="font-semibold">
        {t('categories')}
      </h2>
      <ShareBar label={t('categories')} points={points} className="card p-(--card-p)" />
    </section>
  );
}

/** What was put right by hand, with its reason. */
export function StatementAdjustments({ statement }: { statement: PublishedStatement }) {
  const t = useTranslations('doctor-statement');
  if (statement.adjustments.length === 0) return null;
  return (
    <section aria-labelledby="adjustments" className="flex flex-col gap-2">
      <h2 id="adjustments" className="font-semibold">
        {t('adjustments')}
      </h2>
      <ul className="card divide-y">
        {statement.adjustments.map((entry) => (
          <li
            key={`${entry.day}-${entry.reason}-${entry.amount}`}
            className="flex flex-wrap items-baseline gap-x-3 px-4 py-3"
          >
            <span className="min-w-0 flex-1 break-words">
              {entry.reason}
              <DayText value={entry.day} className="block text-sm text-ink-2" />
            </span>
            <Money minor={BigInt(entry.amount)} currency={statement.currency} signed className="font-medium" />
          </li>
        ))}
      </ul>
    </section>
  );
}
