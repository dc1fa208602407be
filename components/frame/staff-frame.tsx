'use client';

import { useCallback, useEffect } from 'react';
import { useTRPCClient } from '@/components/api/trpc';
import { leave, leaveWithOthers } from '@/components/identity/leave';
import { welcomePerson } from '@/components/identity/personal-storage';
import { Frame } from './frame';
import type { FrameProps } from './frame-props';
import { useChanges } from './use-changes';
import { useRecentThings } from './use-recent-things';

/** The frame with its ways to the server: search over everything, what changes elsewhere, and the way out. */
export function StaffFrame({
  personId,
  ...props
}: Omit<FrameProps, 'search' | 'recent' | 'onSignOut'> & { personId: string }) {
  const api = useTRPCClient();
  const search = useCallback((text: string) => api.search.everything.query({ text }), [api]);
  const recent = useCallback(async () => {
    const things = await import('./recent-things').then(({ recentThings }) => recentThings());
    return things.length === 0 ? [] : api.search.recent.query({ things });
  }, [api]);
  useEffect(() => welcomePerson(personId), [personId]);
  useEffect(leaveWithOthers, []);
  useRecentThings();
  useChanges();
  return <Frame {...props} search={search} recent={recent} onSignOut={() => void leave()} />;
}
