'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export interface UrlFilters {
  get: (param: string) => string;
  /** An empty text takes the filter away. `step` makes it a step of its own in the history, which Back takes back. */
  set: (changes: Record<string, string>, step?: boolean) => void;
  /** Takes the last step back. */
  back: () => void;
}

/** Filters that live in the address, so that a link carries them and Back brings them again. */
export function useUrlFilters(): UrlFilters {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const get = useCallback((param: string) => params.get(param) ?? '', [params]);
  const set = useCallback(
    (changes: Record<string, string>, step = false) => {
      const next = new URLSearchParams(window.location.search);
      for (const [param, value] of Object.entries(changes)) {
        if (value === '') next.delete(param);
        else next.set(param, value);
      }
      const query = next.toString();
      const address = query ? `${pathname}?${query}` : pathname;
      if (step) router.push(address, { scroll: false });
      else router.replace(address, { scroll: false });
    },
    [router, pathname],
  );
  const back = useCallback(() => router.back(), [router]);
  return { get, set, back };
}
