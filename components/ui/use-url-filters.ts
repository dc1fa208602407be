'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect } from 'react';

export interface UrlFilters {
  get: (param: string) => string;
  /** An empty text takes the filter away. `step` makes it a step of its own in the history, which Back takes back. */
  set: (changes: Record<string, string>, step?: boolean) => void;
  /** Takes the last step back. */
  back: () => void;
}

/** The address that was asked for last and is still on its way: the query that stood before it, and its own. */
let underWay: { before: string; query: string } | null = null;

/** What the next change begins from: two in one breath (a search that was typed, a row that is opened) must not lose each other. */
const latestQuery = (): string =>
  underWay?.before === window.location.search ? underWay.query : window.location.search;

const arrived = (query: string): void => {
  if (underWay?.query === query) underWay = null;
};

/** Filters that live in the address, so that a link carries them and Back brings them again. */
export function useUrlFilters(): UrlFilters {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  useEffect(() => arrived(params.toString()), [params]);
  const get = useCallback((param: string) => params.get(param) ?? '', [params]);
  const set = useCallback(
    (changes: Record<string, string>, step = false) => {
      const next = new URLSearchParams(latestQuery());
      for (const [param, value] of Object.entries(changes)) {
        if (value === '') next.delete(param);
        else next.set(param, value);
      }
      const query = next.toString();
      const address = query ? `${pathname}?${query}` : pathname;
      underWay = { before: window.location.search, query };
      if (step) router.push(address, { scroll: false });
      else router.replace(address, { scroll: false });
    },
    [router, pathname],
  );
  const back = useCallback(() => router.back(), [router]);
  return { get, set, back };
}
