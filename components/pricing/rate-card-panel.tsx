'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { Code } from '@/components/ui/code';
import { RateCardDetailView } from './rate-card-detail-view';
import { ITEM_PARAMS } from './rate-card-filters';

/** A rate card beside its list. */
export function RateCardPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('pricing');
  const version = useSearchParams().get(ITEM_PARAMS.version);
  const card = useQuery(useTRPC().rateCards.byId.queryOptions({ id }));
  const query = version ? `?${ITEM_PARAMS.version}=${encodeURIComponent(version)}` : '';
  return (
    <DetailPanel
      query={card}
      loading={t('detail.loading')}
      title={(data) => <Code>{data.code}</Code>}
      page={{ href: `/rate-cards/${id}${query}`, label: t('detail.ownPage') }}
      width="wide"
      onClose={onClose}
    >
      {(data) => <RateCardDetailView card={data} />}
    </DetailPanel>
  );
}
