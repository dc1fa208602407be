'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { SidePanel } from '@/components/ui/side-panel';
import { SkeletonText } from '@/components/ui/skeleton';
import { OrderDetailView } from './order-detail-view';
import { OrderStateBadge } from './order-state';

/** An order beside its list. */
export function OrderPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('orders');
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const order = useQuery(trpc.orders.byId.queryOptions({ id }));
  return (
    <SidePanel
      open
      onClose={onClose}
      title={order.data?.number ?? t('detail.loading')}
      subtitle={order.data && <OrderStateBadge state={order.data.state} />}
      actions={
        <LinkButton href={`/orders/${id}`} variant="quiet" size="small" icon={ExternalLink}>
          {t('detail.ownPage')}
        </LinkButton>
      }
      width="wide"
    >
      {order.error ? (
        <ErrorState message={sentenceOf(order.error).sentence} onRetry={() => void order.refetch()} />
      ) : order.data ? (
        <OrderDetailView order={order.data} />
      ) : (
        <SkeletonText />
      )}
    </SidePanel>
  );
}
