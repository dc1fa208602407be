'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTRPC } from '@/components/api/trpc';
import { Till } from './till';

// Whoever has a shift open sees the till alone.
const OpenShift = dynamic(() => import('./open-shift').then((module) => module.OpenShift));

/** The till: an open shift first, since nothing is sold without one. */
export function TillScreen() {
  const trpc = useTRPC();
  const { data: shift } = useSuspenseQuery({ ...trpc.till.current.queryOptions(), refetchInterval: 60_000 });
  if (!shift) return <OpenShift />;
  return <Till key={shift.id} shift={shift} />;
}
