import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Brand } from '@/components/frame/brand';
import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import type { VerifiedSeal } from '@/server/modules/referral/statements/schema';
import { monthText } from './month-text';

/** The public answer to a seal: whether it is whole, and the figures to compare with the paper. No name stands here. */
export function VerifiedSealView({ seal, hash }: { seal: VerifiedSeal; hash: string }) {
  const t = useTranslations('statements.verify');
  const locale = useLocale();
  const issuer = locale === 'vi' ? seal.issuer.vi : seal.issuer.en;
  const facts: [string, ReactNode][] = [
    [
      t('number'),
      <span key="number" className="tabular">
        {seal.number}
      </span>,
    ],
    [
      t('month'),
      <span key="month" className="tabular">
        {monthText(seal.month)}
      </span>,
    ],
    [t('payable'), <Money key="payable" minor={BigInt(seal.payable)} currency={seal.currency} />],
    [t('sealedAt'), <DateTime key="at" value={seal.sealedAt} />],
    [t('issuer'), issuer],
  ];
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col gap-5 p-4 py-10" data-density="relaxed">
      <Brand />
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      {seal.intact ? (
        <Callout tone="good" title={t('intact')}>
          {t('intactText')}
        </Callout>
      ) : (
        <Callout tone="wrong" title={t('broken')}>
          {t('brokenText', { issuer })}
        </Callout>
      )}
      {seal.state === 'superseded' && <Callout tone="notice">{t('superseded')}</Callout>}
      <dl className="card divide-y">
        {facts.map(([label, value]) => (
          <div key={label} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-3">
            <dt className="text-ink-2">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
        <div className="px-4 py-3">
          <dt className="text-ink-2">{t('hash')}</dt>
          <dd className="tabular mt-1 break-all text-sm">{hash}</dd>
        </div>
      </dl>
      <p className="text-sm text-ink-2">{t('compare')}</p>
    </main>
  );
}
