'use client';

import { useTranslations } from 'next-intl';
import { dayText } from '@/components/ui/day-text';
import type { PriceReason as Reason } from '@/server/modules/sales/orders/schema';

/** Why a price is what it is, in one sentence: rate card, scope, validity. */
export function PriceReason({ reason }: { reason: Reason }) {
  const t = useTranslations('till.reason');
  const from = dayText(reason.validFrom);
  const until = reason.validTo ? t('until', { day: dayText(reason.validTo) }) : t('open');
  return (
    <span className="text-xs text-ink-2">
      {t('sentence', { card: reason.rateCard, scope: t(`scopes.${reason.scope}`), from, until })}
    </span>
  );
}
