'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { monthName } from '@/components/statement-access/month-name';
import { StatementBadge } from '@/components/statements/statement-badge';
import { Code } from '@/components/ui/code';
import { dayBefore, dayText } from '@/components/ui/day-text';
import { EmailText } from '@/components/ui/email-text';
import { Fact, Facts } from '@/components/ui/fact';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import { phoneText } from '@/server/domain/phone';
import type { DoctorDetail, DoctorRule } from '@/server/modules/referral/doctors/schema';
import { Lockouts } from './lockouts';

/** A doctor: how to reach them, what their plan pays, and their statements where the reader may see them. */
export function DoctorDetailView({ doctor }: { doctor: DoctorDetail }) {
  const t = useTranslations('doctors');
  const locale = useLocale();
  const rate = locale === 'vi' ? doctor.taxRate.replace('.', ',') : doctor.taxRate;
  const facts: [string, ReactNode][] = [
    [t('columns.code'), <Code key="code">{doctor.code}</Code>],
    [t('columns.language'), t(`languages.${doctor.language}`)],
    [
      t('columns.phone'),
      <span key="phone" className="tabular">
        {doctor.phone ? phoneText(doctor.phone) : '—'}
      </span>,
    ],
    [t('columns.email'), doctor.email ? <EmailText key="email" address={doctor.email} /> : '—'],
    [t('columns.plan'), doctor.plan ?? t('noPlan')],
    [t('columns.taxRate'), `${rate}%`],
  ];
  return (
    <div className="flex flex-col gap-6">
      <Lockouts doctorId={doctor.id} />
      <Facts>
        {facts.map(([label, value]) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
      </Facts>
      {doctor.rules && <Rules plan={doctor.plan} rules={doctor.rules} currency={doctor.currency} />}
      {doctor.statements && <Statements statements={doctor.statements} />}
    </div>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return <h3 className="mb-2 border-b pb-1 text-sm font-semibold">{children}</h3>;
}

function Rules({ plan, rules, currency }: { plan: string | null; rules: readonly DoctorRule[]; currency: string }) {
  const t = useTranslations('doctors.rules');
  if (plan === null) return <p className="text-ink-2">{t('none')}</p>;
  return (
    <section>
      <Heading>{t('title', { plan })}</Heading>
      <ul className="divide-y divide-line">
        {rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} currency={currency} />
        ))}
      </ul>
    </section>
  );
}

function RuleLine({ rule, currency }: { rule: DoctorRule; currency: string }) {
  const t = useTranslations('doctors.rules');
  const locale = useLocale();
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  const value = locale === 'vi' ? rule.value.replace('.', ',') : rule.value;
  const gives = rule.kind === 'percent' ? t('percent', { value }) : t('fixed', { amount: money(BigInt(rule.value)) });
  const of = rule.service
    ? t('service', { code: rule.service })
    : rule.category === '*'
      ? t('every')
      : t('category', { category: rule.category });
  const validity = rule.validTo
    ? t('between', { from: dayText(rule.validFrom), to: dayText(dayBefore(rule.validTo)) })
    : t('from', { from: dayText(rule.validFrom) });
  const limits = [
    rule.bandFrom > 0n ? t('band', { from: money(rule.bandFrom) }) : null,
    rule.cap === null ? null : t('cap', { cap: money(rule.cap) }),
  ].filter((part) => part !== null);
  return (
    <li className={clsx('flex items-baseline gap-3 py-2', !rule.inForce && 'text-ink-3')}>
      <span className="min-w-0 flex-1">
        <span className="block">{[of, ...limits].join(' · ')}</span>
        <span className="block text-xs text-ink-3">
          {validity}
          {!rule.inForce && ` · ${t('notInForce')}`}
        </span>
      </span>
      <span className="tabular font-medium">{gives}</span>
    </li>
  );
}

function Statements({ statements }: { statements: NonNullable<DoctorDetail['statements']> }) {
  const t = useTranslations('doctors.statements');
  const locale = useLocale();
  return (
    <section>
      <Heading>{t('title')}</Heading>
      {statements.length === 0 ? (
        <p className="text-ink-2">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {statements.map(({ id, month, state, base, payable, currency }) => (
            <li key={id}>
              <Link
                href={`/statements/${month}/${id}`}
                className="flex items-center gap-3 rounded-md py-2 hover:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <span className="font-medium text-accent-ink">{monthName(month, locale)}</span>
                  <span className="block text-xs text-ink-2">
                    {t('base', { base: moneyText(base, currency, locale) })}
                  </span>
                </span>
                <StatementBadge state={state} />
                <Money minor={payable} currency={currency} className="font-medium" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
