'use client';

import { signOut } from 'next-auth/react';
import { useCallback } from 'react';
import { useTRPCClient } from '@/components/api/trpc';
import { Frame } from './frame';
import type { FrameProps } from './frame-props';

/** The frame with its ways to the server: search over everything, and the way out. */
export function StaffFrame(props: Omit<FrameProps, 'search' | 'onSignOut'>) {
  const api = useTRPCClient();
  const search = useCallback((text: string) => api.search.everything.query({ text }), [api]);
  return <Frame {...props} search={search} onSignOut={() => void signOut({ callbackUrl: '/sign-in' })} />;
}
