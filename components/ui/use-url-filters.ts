'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export interface UrlFilters {
  get: (param: string) => string;
  /** An empty text takes the filter away. Several at once make one step in the history. */
  set: (changes: Record<string, string>) => void;
}

/** Filters that live in the address, so that a link carries them and Back brings them again. */
export function useUrlFilters(): UrlFilters {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const get = useCallback((param: string) => params.get(param) ?? '', [params]);
  const set = useCallback(
    (changes: Record<string, string>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [param, value] of Object.entries(changes)) {
        if (value === '') next.delete(param);
        else next.set(param, value);
      }
      const query = next.toString();
      router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false });
    },
    [router, pathname],
  );
  return { get, set };
}
