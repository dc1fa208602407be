'use client';

import { useEffect } from 'react';

/** Reports to the server that a browser really ran this page, which previews and prefetchers never do. */
export function ConfirmVisit({ path }: { path: string }) {
  useEffect(() => {
    const timer = setTimeout(() => navigator.sendBeacon(path), 800);
    return () => clearTimeout(timer);
  }, [path]);
  return null;
}
