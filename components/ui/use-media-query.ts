'use client';

import { useSyncExternalStore } from 'react';

/** Whether a media query holds; `onServer` is what the server and the first paint assume. */
export function useMediaQuery(query: string, onServer = false): boolean {
  return useSyncExternalStore(
    (notify) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', notify);
      return () => list.removeEventListener('change', notify);
    },
    () => window.matchMedia(query).matches,
    () => onServer,
  );
}
