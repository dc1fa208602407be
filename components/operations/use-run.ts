'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/api/trpc';
import { OPEN_STATES } from '@/server/domain/states';

const BUSY_MS = 2_000;
const CALM_MS = 10_000;

/** One run, asked for again while it goes on; more slowly once it has ended, for it may be replayed. */
export function useRun(runId: string) {
  return useQuery(
    useTRPC().operations.run.queryOptions(
      { runId },
      {
        refetchInterval: ({ state: { data } }) =>
          data && OPEN_STATES.some((state) => state === data.state) ? BUSY_MS : CALM_MS,
      },
    ),
  );
}
