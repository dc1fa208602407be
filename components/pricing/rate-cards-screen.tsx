'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { ListScreen } from '@/components/kit/list/list-screen';
import { dayText } from '@/components/ui/day-text';
import { RATE_CARD_SCOPES } from '@/server/domain/states';
import type { RateCardListRow } from '@/server/modules/sales/pricing/schema';
import { GENERAL, ITEM_PARAMS, rateCardPage } from './rate-card-filters';
import { RateCardPanel } from './rate-card-panel';
import { useRateCardColumns } from './use-rate-card-columns';

const BESIDE = ['code', 'scope', 'state'];
const noItems = Object.fromEntries(Object.values(ITEM_PARAMS).map((param) => [param, '']));

/** Rate cards: found by code, customer or branch, narrowed to those in force on a day; a card's prices beside the list. */
export function RateCardsScreen() {
  const t = useTranslations('pricing');
  const trpc = useTRPC();
  const asked = rateCardPage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    trpc.rateCards.list.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor }),
  );
  // A row found by a day opens on the version of that day.
  const versionOf = (row: RateCardListRow) => (asked.on && row.version ? row.version.id : '');
  const scopes = RATE_CARD_SCOPES.map((scope) => ({
    value: scope === 'all' ? GENERAL : scope,
    label: t(`scopes.${scope}`),
  }));
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'rate-cards',
        title: t('title'),
        page: {},
        asked,
        order: 'code',
        columns: useRateCardColumns(),
        beside: BESIDE,
        rowKey: (row) => row.id,
        rowLabel: (row) => row.code,
        hrefOf: (row) => `/rate-cards/${row.id}${versionOf(row) ? `?${ITEM_PARAMS.version}=${versionOf(row)}` : ''}`,
        search: { label: t('filters.search'), placeholder: t('filters.searchPlaceholder') },
        filters: [
          { kind: 'choice', param: 'scope', label: t('columns.scope'), options: scopes },
          { kind: 'day', param: 'on', label: t('filters.on') },
        ],
        caption: asked.on ? t('filters.onDay', { day: dayText(asked.on) }) : t('filters.onHint'),
        icon: Tags,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFiltered'), text: t('noneFilteredText') },
        },
        panelParams: Object.values(ITEM_PARAMS),
        openWith: (row) => ({ ...noItems, [ITEM_PARAMS.version]: versionOf(row) }),
        panel: (id, onClose) => <RateCardPanel key={id} id={id} onClose={onClose} />,
      }}
    />
  );
}
