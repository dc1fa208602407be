'use client';

import { useLocale, useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import { Code } from '@/components/ui/code';
import type { RateCardTarget } from '@/server/modules/sales/pricing/schema';

/** Whom a card is for, in words: a customer, a tier, a branch, or everybody. */
export function RateCardScope({ target }: { target: RateCardTarget }) {
  const t = useTranslations('pricing.target');
  const locale = useLocale();
  const { scope, tier } = target;
  if (scope === 'tier' && tier) {
    return (
      <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5 max-sm:justify-end">
        {t('tier')} <TierBadge tier={tier} />
        {target.customers !== null && (
          <span className="text-xs text-ink-2">{t('customers', { count: target.customers })}</span>
        )}
      </span>
    );
  }
  if (scope === 'all') return t('all');
  const branch = (locale === 'en' ? target.branchNameEn : target.branchNameVi) ?? '';
  const [name, code] =
    scope === 'customer'
      ? [target.customerName, target.customerCode]
      : [t('branch', { name: branch }), target.branchCode];
  return (
    <span className="inline-flex max-w-full min-w-0 items-baseline gap-2">
      <span className="truncate">{name}</span>
      <Code className="shrink-0 text-xs text-ink-3">{code}</Code>
    </span>
  );
}
