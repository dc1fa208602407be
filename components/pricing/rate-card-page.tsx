'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { Code } from '@/components/ui/code';
import { RateCardDetailView } from './rate-card-detail-view';
import { versionShown } from './rate-card-filters';
import { VersionStateBadge } from './version-state';

/** A rate card at an address of its own. */
export function RateCardPage({ id }: { id: string }) {
  const t = useTranslations('pricing');
  const { data: card } = useSuspenseQuery(useTRPC().rateCards.byId.queryOptions({ id }));
  const now = versionShown(card.versions, {});
  return (
    <DetailPage
      title={<Code>{card.code}</Code>}
      status={now && <VersionStateBadge version={now} />}
      back={{ href: '/rate-cards', label: t('title') }}
      width="full"
    >
      <RateCardDetailView card={card} roomy />
    </DetailPage>
  );
}
