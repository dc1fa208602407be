'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { ListTable } from '@/components/kit/list/list-table';
import { dayText } from '@/components/ui/day-text';
import { FilterBar } from '@/components/ui/filter-bar';
import { ListDetail } from '@/components/ui/side-panel';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { RATE_CARD_SCOPES, type RateCardListRow } from '@/server/modules/sales/pricing/schema';
import { GENERAL, ITEM_PARAMS, rateCardFilters, rateCardPage } from './rate-card-filters';
import { RateCardPanel } from './rate-card-panel';
import { useRateCardColumns } from './use-rate-card-columns';

const noItems = Object.fromEntries(Object.values(ITEM_PARAMS).map((param) => [param, '']));

/** Rate cards: found by code, customer or branch, narrowed to those in force on a day; a card's prices beside the list. */
export function RateCardsScreen() {
  const t = useTranslations('pricing');
  const trpc = useTRPC();
  const params = Object.fromEntries(useSearchParams());
  const { get, set } = useUrlFilters();
  const list = useInfiniteQuery(
    trpc.rateCards.list.infiniteQueryOptions(rateCardPage(params), { getNextPageParam: (page) => page.nextCursor }),
  );
  const filters = rateCardFilters(params);
  const filtered = Object.keys(filters).length > 0;
  const open = get('open');
  const columns = useRateCardColumns(open !== '');
  // A row found by a day opens on the version of that day.
  const versionOf = (row: RateCardListRow) => (filters.on && row.version ? row.version.id : '');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <FilterBar
        search={{ label: t('filters.search'), placeholder: t('filters.searchPlaceholder') }}
        filters={[
          {
            kind: 'choice',
            param: 'scope',
            label: t('columns.scope'),
            options: RATE_CARD_SCOPES.map((scope) => ({
              value: scope === 'all' ? GENERAL : scope,
              label: t(`scopes.${scope}`),
            })),
          },
          { kind: 'day', param: 'on', label: t('filters.on') },
        ]}
      />
      <ListDetail
        list={
          <ListTable
            label={t('title')}
            caption={
              <span className="text-ink-2">
                {filters.on ? t('filters.onDay', { day: dayText(filters.on) }) : t('filters.onHint')}
              </span>
            }
            columns={columns}
            list={list}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.code}
            onOpen={(row) => set({ ...noItems, open: row.id, [ITEM_PARAMS.version]: versionOf(row) })}
            hrefOf={(row) => {
              const version = versionOf(row);
              return `/rate-cards/${row.id}${version ? `?${ITEM_PARAMS.version}=${version}` : ''}`;
            }}
            openKey={open || null}
            storageKey="rate-cards"
            none={{
              icon: Tags,
              title: filtered ? t('noneFiltered') : t('none'),
              text: filtered ? t('noneFilteredText') : t('noneText'),
            }}
          />
        }
        panel={open ? <RateCardPanel key={open} id={open} onClose={() => set({ ...noItems, open: '' })} /> : null}
      />
    </>
  );
}
