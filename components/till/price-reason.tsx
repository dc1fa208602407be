'use client';

import { useTranslations } from 'next-intl';
import { dayBefore, dayText } from '@/components/ui/day-text';
import type { PriceReason as Reason } from '@/server/modules/sales/orders/schema';

/** Why a price is what it is, in one sentence: rate card, scope, validity. */
export function PriceReason({ reason }: { reason: Reason }) {
  const t = useTranslations('till.reason');
  const from = dayText(reason.validFrom);
  const validity = reason.validTo
    ? t('between', { from, to: dayText(dayBefore(reason.validTo)) })
    : t('since', { from });
  return (
    <span className="text-xs text-ink-2">
      {t('sentence', { card: reason.rateCard, scope: t(`scopes.${reason.scope}`), validity })}
    </span>
  );
}
