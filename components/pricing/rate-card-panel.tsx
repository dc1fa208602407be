'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { SidePanel } from '@/components/ui/side-panel';
import { SkeletonText } from '@/components/ui/skeleton';
import { RateCardDetailView } from './rate-card-detail-view';
import { ITEM_PARAMS } from './rate-card-filters';

/** A rate card beside its list. */
export function RateCardPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('pricing');
  const sentenceOf = useErrorSentence();
  const version = useSearchParams().get(ITEM_PARAMS.version);
  const card = useQuery(useTRPC().rateCards.byId.queryOptions({ id }));
  return (
    <SidePanel
      open
      onClose={onClose}
      title={card.data?.code ?? t('detail.loading')}
      actions={
        <LinkButton
          href={`/rate-cards/${id}${version ? `?${ITEM_PARAMS.version}=${encodeURIComponent(version)}` : ''}`}
          variant="quiet"
          size="small"
          icon={ExternalLink}
        >
          {t('detail.ownPage')}
        </LinkButton>
      }
      width="wide"
    >
      {card.error ? (
        <ErrorState message={sentenceOf(card.error).sentence} onRetry={() => void card.refetch()} />
      ) : card.data ? (
        <RateCardDetailView card={card.data} />
      ) : (
        <SkeletonText />
      )}
    </SidePanel>
  );
}
