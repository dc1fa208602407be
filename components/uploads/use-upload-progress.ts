'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/components/api/trpc';
import type { UploadProgress, UploadState } from '@/server/modules/intake/uploads/schema';

const POLL_MS = 2_000;

export const isUnderWay = (state: UploadState) => state === 'checking' || state === 'committing';

/**
 * How far an upload has come, live by server-sent events; where these do not come through, asked every two seconds. When it
 * comes to rest everything shown of it is read again.
 */
export function useUploadProgress(id: string, state: UploadState): UploadProgress | null {
  const trpc = useTRPC();
  const client = useQueryClient();
  const live = useSubscription(trpc.uploads.progress.subscriptionOptions({ id }, { enabled: isUnderWay(state) }));
  const polled = useQuery(
    trpc.uploads.status.queryOptions(
      { id },
      { enabled: isUnderWay(state) && live.status !== 'pending', refetchInterval: POLL_MS },
    ),
  );
  const progress = live.status === 'pending' ? live.data : (polled.data ?? live.data);
  const rested = progress !== undefined && progress.state !== state;
  useEffect(() => {
    if (rested) void client.invalidateQueries({ queryKey: trpc.uploads.pathKey() });
  }, [rested, client, trpc]);
  return progress ?? null;
}
