'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Lockouts } from '@/components/doctors/lockouts';
import { DayList } from '@/components/statement-access/day-list';
import { BarList, shares } from '@/components/ui/bar-list';
import { DateTime, DayText } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import { Sum, type SumRow } from '@/components/ui/sum';
import type { StatementContent, StatementDetail } from '@/server/modules/referral/statements/schema';
import { LinkHistoryView } from './link-history-view';
import type { Rights } from './month-actions';
import { StatementActions } from './statement-actions';

/** A statement that reads as a sum: each step opens to its lines, each line to its arithmetic; beside it the link's life. */
export function StatementView({ statement, rights }: { statement: StatementDetail; rights: Rights }) {
  const t = useTranslations('statements.detail');
  const { content } = statement;
  return (
    <div className="@container flex flex-col gap-6">
      <StatementActions statement={statement} rights={rights} />
      <div className="grid items-start gap-6 @4xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <RevenueHead content={content} />
          <StatementSum content={content} />
          <Days title={t('days')} days={content.days} currency={content.currency} empty={t('noLines')} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Lockouts doctorId={statement.doctorId} />
          <LinkHistoryView
            statementId={statement.id}
            published={statement.publishedAt !== null}
            mayPublish={rights.mayPublish}
          />
          {statement.hash && <Seal hash={statement.hash} sealedAt={content.issuedAt} />}
        </div>
      </div>
    </div>
  );
}

function RevenueHead({ content }: { content: StatementContent }) {
  const t = useTranslations('statements.detail');
  const locale = useLocale();
  const { sums, categories, currency } = content;
  const parts = shares(categories.map(({ base }) => BigInt(base)));
  const items = categories.map(({ category, name, base, lines }, at) => ({
    id: category,
    label: locale === 'vi' ? name.vi : name.en,
    share: parts[at] ?? 0,
    figure: moneyText(BigInt(base), currency, locale),
    hint: t('services', { count: lines }),
  }));
  return (
    <section className="card flex flex-col gap-4 p-(--card-p)">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold">{t('revenue')}</h2>
        <Money minor={BigInt(sums.base)} currency={currency} className="text-lg font-semibold" />
        <p className="w-full text-xs text-ink-3">{t('revenueNote', { orders: sums.orders, lines: sums.lines })}</p>
      </div>
      {items.length > 0 && <BarList label={t('categories')} items={items} />}
    </section>
  );
}

function StatementSum({ content }: { content: StatementContent }) {
  const t = useTranslations('statements.detail');
  const locale = useLocale();
  const { sums, currency } = content;
  const money = (minor: bigint | string) => moneyText(BigInt(minor), currency, locale);
  const [commission, adjustments, carried, tax] = [
    BigInt(sums.commission),
    BigInt(sums.adjustments),
    BigInt(sums.carryForward),
    BigInt(sums.tax),
  ];
  const taxed = {
    rate: locale === 'vi' ? sums.taxRate.replace('.', ',') : sums.taxRate,
    amount: money(commission + adjustments + carried),
  };
  const taxNote =
    Number(sums.taxRate) === 0
      ? t('taxFree')
      : tax === 0n
        ? t('noTaxNote', { threshold: money(sums.taxThreshold) })
        : t('taxNote', taxed);
  const rows: SumRow[] = [
    {
      id: 'commission',
      label: t('commission'),
      minor: commission,
      note: t('commissionNote', { base: money(sums.base) }),
      detail: content.categories.length > 0 ? <CommissionByCategory content={content} /> : undefined,
    },
    {
      id: 'carried',
      label: t('carryForward'),
      minor: carried,
      note: content.carried.length > 0 ? t('carryNote') : undefined,
      detail:
        content.carried.length > 0 ? (
          <DayList days={content.carried} currency={currency} label={t('carriedDays')} />
        ) : undefined,
    },
    {
      id: 'adjustments',
      label: t('adjustments'),
      minor: adjustments,
      detail: content.adjustments.length > 0 ? <Adjustments content={content} /> : undefined,
    },
    { id: 'tax', label: t('tax'), minor: -tax, note: taxNote },
  ];
  return (
    <section aria-label={t('sum')}>
      <Sum rows={rows} total={{ label: t('payable'), minor: BigInt(sums.payable) }} currency={currency} />
    </section>
  );
}

function CommissionByCategory({ content }: { content: StatementContent }) {
  const t = useTranslations('statements.detail');
  const locale = useLocale();
  return (
    <ul className="divide-y">
      {content.categories.map(({ category, name, base, commission }) => (
        <li key={category} className="flex items-baseline gap-3 py-1.5">
          <span className="min-w-0 flex-1">
            {locale === 'vi' ? name.vi : name.en}
            <span className="ml-2 text-xs text-ink-3">
              {t('ofBase', { base: moneyText(BigInt(base), content.currency, locale) })}
            </span>
          </span>
          <Money minor={BigInt(commission)} currency={content.currency} />
        </li>
      ))}
    </ul>
  );
}

const Adjustments = ({ content }: { content: StatementContent }) => (
  <ul className="divide-y">
    {content.adjustments.map(({ day, reason, amount }) => (
      <li key={`${day}-${reason}-${amount}`} className="flex items-baseline gap-3 py-1.5">
        <DayText value={day} className="text-ink-2" />
        <span className="min-w-0 flex-1 break-words">{reason}</span>
        <Money minor={BigInt(amount)} currency={content.currency} signed />
      </li>
    ))}
  </ul>
);

type DaysProps = { title: string; days: StatementContent['days']; currency: string; empty: string };

const Days = ({ title, days, currency, empty }: DaysProps) => (
  <section className="flex flex-col gap-2">
    <h2 className="font-semibold">{title}</h2>
    {days.length === 0 ? (
      <p className="text-ink-2">{empty}</p>
    ) : (
      <DayList days={days} currency={currency} label={title} />
    )}
  </section>
);

function Seal({ hash, sealedAt }: { hash: string; sealedAt: string }) {
  const t = useTranslations('statements.detail');
  return (
    <section className="flex flex-col gap-1">
      <h2 className="font-semibold">{t('seal')}</h2>
      <DateTime value={sealedAt} className="text-xs text-ink-2" />
      <p className="tabular break-all text-xs text-ink-3">{hash}</p>
      <a href={`/verify/${hash}`} target="_blank" rel="noreferrer" className="text-accent-ink hover:underline">
        {t('verify')}
      </a>
    </section>
  );
}
