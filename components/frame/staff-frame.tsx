'use client';

import { useCallback, useEffect } from 'react';
import { useTRPCClient } from '@/components/api/trpc';
import { leave, leaveWithOthers } from '@/components/identity/leave';
import { welcomePerson } from '@/components/identity/personal-storage';
import { Frame } from './frame';
import type { FrameProps } from './frame-props';
import { useChanges } from './use-changes';

/** The frame with its ways to the server: search over everything, what changes elsewhere, and the way out. */
export function StaffFrame({ personId, ...props }: Omit<FrameProps, 'search' | 'onSignOut'> & { personId: string }) {
  const api = useTRPCClient();
  const search = useCallback((text: string) => api.search.everything.query({ text }), [api]);
  useEffect(() => welcomePerson(personId), [personId]);
  useEffect(leaveWithOthers, []);
  useChanges();
  return <Frame {...props} search={search} onSignOut={() => void leave()} />;
}
