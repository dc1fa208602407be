import 'server-only';
import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { cache, type ReactNode } from 'react';
import { makeQueryClient } from '@/components/api/query-client';
import { appRouter } from '../api/root';
import { requestContext } from '../api/session';

/** One for each request: what a page asked for once is not asked for again. */
export const queryClientOfRequest = cache(makeQueryClient);

/** The router for pages, called without HTTP, as the person who asked. */
export const trpc = createTRPCOptionsProxy({
  ctx: requestContext,
  router: appRouter,
  queryClient: queryClientOfRequest,
});

type Prefetchable = { queryKey: readonly unknown[] };

/** Fetches on the server what the page's components will ask for; they then find it there. */
export async function prefetch(...queries: Prefetchable[]): Promise<void> {
  const client = queryClientOfRequest();
  await Promise.all(
    queries.map((query) => {
      const input = (query.queryKey[1] as { type?: string } | undefined)?.type;
      return input === 'infinite' ? client.prefetchInfiniteQuery(query as never) : client.prefetchQuery(query as never);
    }),
  );
}

export function Prefetched({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClientOfRequest())}>{children}</HydrationBoundary>;
}
