'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/api/trpc';
import type { runPage } from './run-filters';

const LIVE_MS = 4_000;
/** Whoever reads further down than this must not lose the place to what is new above. */
const LIVE_PAGES = 2;

/** `paused` by the reader, or `far`: resting while one reads further down. */
export type Liveness = 'live' | 'paused' | 'far';

/** The runs of a filter, asked for again every few seconds unless they are paused; `turn` pauses them, or goes back to the newest. */
export function useLiveRuns(input: ReturnType<typeof runPage>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [paused, setPaused] = useState(false);
  const options = trpc.operations.runs.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state: { data } }) => !paused && (data?.pages.length ?? 0) <= LIVE_PAGES && LIVE_MS,
  });
  const list = useInfiniteQuery(options);
  const far = (list.data?.pages.length ?? 0) > LIVE_PAGES;
  const liveness: Liveness = paused ? 'paused' : far ? 'far' : 'live';
  const turn = () => {
    if (liveness === 'live') {
      setPaused(true);
      return;
    }
    setPaused(false);
    queries.setQueryData(
      options.queryKey,
      (all) => all && { pages: all.pages.slice(0, 1), pageParams: all.pageParams.slice(0, 1) },
    );
    void list.refetch();
  };
  return { list, liveness, turn };
}
