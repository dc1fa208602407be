'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { ListTable } from '@/components/kit/list/list-table';
import { dayText } from '@/components/ui/day-text';
import { SegmentedControl } from '@/components/ui/radio-group';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { PRICE_CHANGES } from '@/server/domain/states';
import type { RateCardVersion } from '@/server/modules/sales/pricing/schema';
import { changeOf, ITEM_PARAMS, itemsPage } from './rate-card-filters';
import { ServiceSearch } from './service-search';
import { useItemColumns } from './use-item-columns';
import { Validity } from './version-state';

interface Props {
  version: RateCardVersion;
  currency: string;
  /** Room for both names of a service. */
  roomy: boolean;
}

/** The prices of a version: found as one types, narrowed by what changed against the version before. */
export function VersionItems({ version, currency, roomy }: Props) {
  const t = useTranslations('pricing');
  const trpc = useTRPC();
  const page = itemsPage(Object.fromEntries(useSearchParams()), version);
  const Heading = roomy ? 'h2' : 'h3';
  const compared = version.previousFrom !== null;
  const columns = useItemColumns(currency, compared, roomy);
  const list = useInfiniteQuery(
    trpc.rateCards.items.infiniteQueryOptions(page, { getNextPageParam: (last) => last.nextCursor }),
  );
  const filtered = page.search !== undefined || page.change !== undefined;
  return (
    <section className="min-w-0">
      <Heading className="text-sm font-semibold">
        {t('items.title')} <Validity version={version} />
      </Heading>
      <p className="mb-3 text-xs text-ink-2">
        {version.previousFrom === null ? t('items.first') : t('items.against', { day: dayText(version.previousFrom) })}
      </p>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <ServiceSearch className="w-full sm:w-64" />
        {compared && <ChangeChoice version={version} />}
      </div>
      <ListTable
        label={t('items.label')}
        columns={columns}
        list={list}
        rowKey={(row) => row.code}
        rowLabel={(row) => row.code}
        maxHeight={roomy ? 'max-h-[calc(100dvh-17rem)]' : 'max-h-[60dvh]'}
        none={{
          icon: Tags,
          title: t(filtered ? 'items.noneFiltered' : 'items.none'),
          text: t(filtered ? 'items.noneFilteredText' : 'items.noneText'),
        }}
      />
    </section>
  );
}

/** What changed, with counts; the choice lives in the address. */
function ChangeChoice({ version }: { version: RateCardVersion }) {
  const t = useTranslations('pricing.changes');
  const { set } = useUrlFilters();
  const chosen = changeOf(Object.fromEntries(useSearchParams())) ?? 'all';
  const { data: counts } = useQuery(useTRPC().rateCards.changes.queryOptions({ versionId: version.id }));
  return (
    <div className="max-w-full overflow-x-auto">
      <SegmentedControl
        label={t('label')}
        size="small"
        options={(['all', ...PRICE_CHANGES] as const).map((value) => ({
          value,
          label: t(value, { count: counts?.[value] ?? 0 }),
          disabled: counts?.[value] === 0 && value !== chosen && value !== 'all',
        }))}
        value={chosen}
        onChange={(value) => set({ [ITEM_PARAMS.change]: value === 'all' ? '' : value })}
      />
    </div>
  );
}
