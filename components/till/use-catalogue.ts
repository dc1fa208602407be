'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useMemo } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { foldText, matching } from '@/server/domain/search-words';
import type { Sellable } from '@/server/modules/sales/till/schema';

export type Catalogue = {
  byCode: ReadonlyMap<string, Sellable>;
  find: (query: string) => Sellable[];
  nameOf: (service: Pick<Sellable, 'nameVi' | 'nameEn'>) => string;
  loading: boolean;
  error: unknown;
};

const MOST = 8;

type Entry = { folded: string; service: Sellable };

// Words may stand in any order; what begins with the query, by its code above all, comes first.
function ranked(index: readonly Entry[], query: string): Sellable[] {
  const folded = foldText(query);
  if (folded === '') return [];
  const place = (entry: Entry) => {
    const code = entry.service.code.toLowerCase();
    if (code === folded) return 0;
    if (code.startsWith(folded)) return 1;
    return entry.folded.includes(` ${folded}`) ? 2 : 3;
  };
  return matching(index, (entry) => entry.folded, query)
    .map((entry) => ({ service: entry.service, place: place(entry) }))
    .sort((a, b) => a.place - b.place || (a.service.code < b.service.code ? -1 : 1))
    .slice(0, MOST)
    .map((entry) => entry.service);
}

/** What the branch sells today at whose prices, held in memory, so that choosing a service waits for nothing. */
export function useCatalogue(customerId: string | null): Catalogue {
  const trpc = useTRPC();
  const locale = useLocale();
  const query = useQuery({
    ...trpc.till.sellable.queryOptions({ customerId }),
    staleTime: 60_000,
    refetchInterval: 300_000,
    placeholderData: keepPreviousData,
  });
  const services = query.data;
  return useMemo(() => {
    const known = services ?? [];
    const index = known.map((service) => ({
      service,
      folded: ` ${foldText(`${service.code} ${service.nameVi} ${service.nameEn}`)}`,
    }));
    return {
      byCode: new Map(known.map((service) => [service.code.toUpperCase(), service])),
      find: (text: string) => ranked(index, text),
      nameOf: (service) => (locale === 'en' ? service.nameEn : service.nameVi),
      loading: query.isPending,
      error: query.error,
    };
  }, [services, locale, query.isPending, query.error]);
}
