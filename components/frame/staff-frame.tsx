'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTRPC, useTRPCClient } from '@/components/api/trpc';
import { leave, leaveWithOthers } from '@/components/identity/leave';
import { PersonalKeyProvider } from '@/components/identity/personal-key';
import { welcomePerson } from '@/components/identity/personal-storage';
import { Frame } from './frame';
import type { FrameProps } from './frame-props';
import { useChanges } from './use-changes';
import { useRecentThings } from './use-recent-things';

type Shift = FrameProps['shift'];

/**
 * Asks for the own shift once the page stands: asked for above the page while it is drawn, the question would be there before the
 * answer that the page has brought along, and the till would wait for it.
 */
function OwnShift({ onKnown }: { onKnown: (shift: Shift) => void }) {
  const { data } = useQuery(useTRPC().till.current.queryOptions());
  useEffect(() => {
    if (data !== undefined) onKnown(data && { till: data.tillCode, openedAt: data.openedAt });
  }, [data, onKnown]);
  return null;
}

type StaffFrameProps = Omit<FrameProps, 'search' | 'recent' | 'views' | 'onSignOut' | 'shift' | 'pending' | 'live'> & {
  personId: string;
  /** What the person keeps in this browser is enciphered under it. */
  personalKey: string;
};

/** The frame with its ways to the server: search over everything, what waits, what changes elsewhere, and the way out. */
export function StaffFrame({ personId, personalKey, ...props }: StaffFrameProps) {
  const api = useTRPCClient();
  const search = useCallback((text: string) => api.search.everything.query({ text }), [api]);
  const recent = useCallback(async () => {
    const things = await import('./recent-things').then(({ recentThings }) => recentThings());
    return things.length === 0 ? [] : api.search.recent.query({ things });
  }, [api]);
  const views = useCallback(() => api.savedViews.everywhere.query(), [api]);
  useEffect(() => welcomePerson(personId), [personId]);
  useEffect(() => leaveWithOthers(personId), [personId]);
  useRecentThings();
  const live = useChanges();
  const [stands, setStands] = useState(false);
  useEffect(() => setStands(true), []);
  const [shift, setShift] = useState<Shift>();
  const { data: pending = [] } = useQuery(useTRPC().pending.mine.queryOptions());
  return (
    <PersonalKeyProvider value={personalKey}>
      {stands && props.permittedPlaces.includes('/pos') && <OwnShift onKnown={setShift} />}
      <Frame
        {...props}
        {...(shift === undefined ? {} : { shift })}
        pending={pending}
        live={live}
        search={search}
        recent={recent}
        views={views}
        onSignOut={() => void leave()}
      />
    </PersonalKeyProvider>
  );
}
