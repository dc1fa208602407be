'use client';

import { CalendarRange } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { RateCardDetail } from '@/server/modules/sales/pricing/schema';
import { ITEM_PARAMS, versionShown } from './rate-card-filters';
import { RateCardScope } from './rate-card-scope';
import { VersionItems } from './version-items';
import { VersionList } from './version-list';

/** A card: whom it is for, its versions, and the prices of one of them. Side by side where `roomy`, else one under the other. */
export function RateCardDetailView({ card, roomy = false }: { card: RateCardDetail; roomy?: boolean }) {
  const t = useTranslations('pricing.detail');
  const { set } = useUrlFilters();
  // Under the panel's own heading, or right under the page's.
  const Heading = roomy ? 'h2' : 'h3';
  const version = versionShown(card.versions, Object.fromEntries(useSearchParams()));
  const onShow = (id: string) => set({ [ITEM_PARAMS.version]: id, [ITEM_PARAMS.change]: '' });
  const about = (
    <div className="flex flex-col gap-6">
      <RateCardFacts card={card} />
      <section>
        <Heading className="mb-2 text-sm font-semibold">{t('versions')}</Heading>
        {card.versions.length === 0 ? (
          <p className="text-ink-2">{t('noVersions')}</p>
        ) : (
          <VersionList versions={card.versions} shown={version?.id} onShow={onShow} />
        )}
      </section>
    </div>
  );
  const prices = version ? (
    <VersionItems key={version.id} version={version} currency={card.currency} roomy={roomy} />
  ) : (
    <EmptyState icon={CalendarRange} title={t('noVersions')}>
      {t('noVersionsText')}
    </EmptyState>
  );
  if (!roomy) {
    return (
      <div className="flex flex-col gap-6">
        {about}
        {prices}
      </div>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)] lg:gap-6">
      <div className="card p-(--card-p)">{about}</div>
      {prices}
    </div>
  );
}

function RateCardFacts({ card }: { card: RateCardDetail }) {
  const t = useTranslations('pricing');
  return (
    <dl className="flex flex-col gap-3">
      <div className="min-w-0">
        <dt className="text-xs text-ink-3">{t('columns.scope')}</dt>
        <dd>
          <RateCardScope target={card} />
          <span className="mt-0.5 block text-xs text-ink-2">{t(`precedence.${card.scope}`)}</span>
        </dd>
      </div>
      <div>
        <dt className="text-xs text-ink-3">{t('detail.currency')}</dt>
        <dd className="tabular">{card.currency}</dd>
      </div>
    </dl>
  );
}
