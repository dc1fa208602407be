'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Lockouts } from '@/components/doctors/lockouts';
import { DayList } from '@/components/statement-access/day-list';
import { Code } from '@/components/ui/code';
import { DateTime, DayText } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { currencySign, moneyText } from '@/components/ui/money-text';
import { shares } from '@/components/ui/shares';
import { Sum, SumLines, type SumRow } from '@/components/ui/sum';
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
  const categories = content.categories.map((one) => ({
    id: one.category,
    label: locale === 'vi' ? one.name.vi : one.name.en,
    count: one.lines,
    base: BigInt(one.base),
    commission: BigInt(one.commission),
  }));
  const linesOf = (kind: 'base' | 'commission') => {
    const parts = shares(categories.map((one) => one[kind]));
    const lines = categories.map(({ id, label, count, ...sums }, at) => {
      return { id, label, minor: sums[kind], share: parts[at] ?? 0, ...(kind === 'base' ? { count } : {}) };
    });
    return lines.length > 0 ? <SumLines label={t('categories')} lines={lines} currency={currency} /> : undefined;
  };
  const rows: SumRow[] = [
    {
      id: 'base',
      label: t('revenue'),
      minor: BigInt(sums.base),
      count: sums.lines,
      note: t('revenueNote', { orders: sums.orders }),
      basis: true,
      detail: linesOf('base'),
    },
    { id: 'commission', label: t('commission'), minor: commission, detail: linesOf('commission') },
    ...(carried !== 0n || content.carried.length > 0
      ? [
          {
            id: 'carried',
            label: t('carryForward'),
            minor: carried,
            note: t('carryNote'),
            detail: <DayList days={content.carried} currency={currency} label={t('carriedDays')} />,
          },
        ]
      : []),
    ...(adjustments !== 0n || content.adjustments.length > 0
      ? [
          {
            id: 'adjustments',
            label: t('adjustments'),
            minor: adjustments,
            detail: <Adjustments content={content} />,
          },
        ]
      : []),
    { id: 'tax', label: t('tax'), minor: -tax, note: taxNote },
  ];
  return (
    <section aria-label={t('sum')}>
      <Sum
        rows={rows}
        heads={{ count: t('lines'), amount: t('amount', { currency: currencySign(currency, locale) }) }}
        total={{ label: t('payable'), minor: BigInt(sums.payable), main: true }}
        currency={currency}
      />
    </section>
  );
}

const Adjustments = ({ content }: { content: StatementContent }) => (
  <ul className="divide-y px-(--cell-px)">
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
      <Code breaks className="text-xs text-ink-3">
        {hash}
      </Code>
      <a href={`/verify/${hash}`} target="_blank" rel="noreferrer" className="text-accent-ink hover:underline">
        {t('verify')}
      </a>
    </section>
  );
}
