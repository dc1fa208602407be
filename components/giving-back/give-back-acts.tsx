'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import type { RefundKind } from '@/server/modules/sales/giving-back/schema';
import type { OrderDetail } from '@/server/modules/sales/orders/schema';

const GiveBackDialog = later(() => import('./give-back-dialog').then((module) => module.GiveBackDialog));

/** The ways to put an order right, on its page. */
export function GiveBackActs({ order }: { order: Pick<OrderDetail, 'id' | 'state' | 'lines'> }) {
  const t = useTranslations('giving-back');
  const [kind, setKind] = useState<RefundKind | null>(null);
  if (order.state === 'voided') return null;
  const untouched = order.lines.every((line) => !line.refunded);
  return (
    <>
      {untouched && <Button onPress={() => setKind('void')}>{t('open.void')}</Button>}
      <Button onPress={() => setKind('refund')}>{t('open.refund')}</Button>
      {kind && <GiveBackDialog asked={{ orderId: order.id }} kind={kind} onClose={() => setKind(null)} />}
    </>
  );
}
