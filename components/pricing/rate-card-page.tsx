'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { RateCardDetailView } from './rate-card-detail-view';
import { versionShown } from './rate-card-filters';
import { VersionStateBadge } from './version-state';

/** A rate card at an address of its own. */
export function RateCardPage({ id }: { id: string }) {
  const t = useTranslations('pricing');
  const { data: card } = useSuspenseQuery(useTRPC().rateCards.byId.queryOptions({ id }));
  const now = versionShown(card.versions, {});
  return (
    <>
      <PageHeader
        title={<span className="tabular">{card.code}</span>}
        status={now && <VersionStateBadge state={now.state} />}
        back={
          <Link href="/rate-cards" className="inline-flex items-center gap-1 hover:underline">
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            {t('title')}
          </Link>
        }
      />
      <RateCardDetailView card={card} roomy />
    </>
  );
}
