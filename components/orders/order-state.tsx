'use client';

import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import type { OrderState } from '@/server/modules/sales/orders/schema';

const TONES = {
  paid: 'good',
  account: 'info',
  unpaid: 'waiting',
  'part-paid': 'waiting',
  voided: 'neutral',
} as const satisfies Record<OrderState, string>;

export function OrderStateBadge({ state }: { state: OrderState }) {
  const t = useTranslations('orders.states');
  return <StatusBadge tone={TONES[state]}>{t(state)}</StatusBadge>;
}
