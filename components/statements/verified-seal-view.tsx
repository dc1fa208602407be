import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { monthName } from '@/components/statement-access/month-name';
import { Callout } from '@/components/ui/callout';
import { Code } from '@/components/ui/code';
import { DateTime } from '@/components/ui/date-time';
import { MainFigure } from '@/components/ui/main-figure';
import { moneyText } from '@/components/ui/money-text';
import type { VerifiedSeal } from '@/server/modules/referral/statements/schema';

/** The public answer to a seal: whether it is whole, and the figures to compare with the paper. No name stands here. */
export function VerifiedSealView({ seal, hash }: { seal: VerifiedSeal; hash: string }) {
  const t = useTranslations('statements.verify');
  const locale = useLocale();
  const issuer = locale === 'vi' ? seal.issuer.vi : seal.issuer.en;
  const facts: [string, ReactNode][] = [
    [t('number'), <Code key="number">{seal.number}</Code>],
    [t('month'), monthName(seal.month, locale)],
    [t('sealedAt'), <DateTime key="at" value={seal.sealedAt} />],
    [t('issuer'), issuer],
  ];
  return (
    <main className="flex flex-1 flex-col gap-5 py-8">
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
      <section aria-labelledby="payable" className="card p-(--card-p)">
        <h2 id="payable" className="text-ink-2">
          {t('payable')}
        </h2>
        <MainFigure>{moneyText(BigInt(seal.payable), seal.currency, locale)}</MainFigure>
      </section>
      <dl className="card divide-y">
        {facts.map(([label, value]) => (
          <div key={label} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-3">
            <dt className="text-ink-2">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
        <div className="px-4 py-3">
          <dt className="text-ink-2">{t('hash')}</dt>
          <dd className="mt-1 text-sm">
            <Code breaks>{hash}</Code>
          </dd>
        </div>
      </dl>
      <p className="text-sm text-ink-2">{t('compare')}</p>
    </main>
  );
}
