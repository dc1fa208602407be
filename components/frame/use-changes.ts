'use client';

import { type Query, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { useToday } from '@/components/ui/use-today';
import type { Changing } from '@/server/modules/core/changes/schema';
import { changedPaths } from './changed-paths';

const GATHER_MS = 400;
/** Who reads further down a list than this must not lose the place to what is new above. */
const FEW_PAGES = 3;

const isVisible = () => document.visibilityState === 'visible';
const onVisibility = (notify: () => void) => {
  document.addEventListener('visibilitychange', notify);
  return () => document.removeEventListener('visibilitychange', notify);
};

function isFarDown({ state: { data } }: Query): boolean {
  const pages = typeof data === 'object' && data !== null && 'pages' in data ? data.pages : null;
  return Array.isArray(pages) && pages.length > FEW_PAGES;
}

/**
 * Screens show what is: what changes elsewhere is read again, by server-sent events. A page that nobody sees keeps no connection open
 * (a browser has six for all its tabs) and reads everything again when it is looked at, as every page does when a day begins. Answers whether
 * changes arrive.
 */
export function useChanges(): boolean {
  const trpc = useTRPC();
  const client = useQueryClient();
  const visible = useSyncExternalStore(onVisibility, isVisible, () => false);
  const waiting = useRef(new Set<Changing>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const readAgain = () => {
    timer.current = undefined;
    const paths = changedPaths([...waiting.current]);
    waiting.current.clear();
    for (const path of paths)
      void client.invalidateQueries({ queryKey: [path], predicate: (query) => !isFarDown(query) });
  };
  const today = useToday();
  const seen = useRef({ hidden: false, today });
  useEffect(() => {
    if (!visible) seen.current.hidden = true;
    else if (seen.current.hidden || seen.current.today !== today) {
      seen.current = { hidden: false, today };
      void client.invalidateQueries({ predicate: (query) => !isFarDown(query) });
    }
  }, [visible, today, client]);
  const { status } = useSubscription(
    trpc.changes.watch.subscriptionOptions(undefined, {
      enabled: visible,
      onData: (kinds) => {
        for (const kind of kinds) waiting.current.add(kind);
        timer.current ??= setTimeout(readAgain, GATHER_MS);
      },
    }),
  );
  return !visible || status === 'pending';
}
