'use client';

import { useEffect, useRef } from 'react';
import { useUrlFilters } from './use-url-filters';

/** What an address asks a screen to open, such as a dialog: it is opened once, and the address forgets it, so that a reload does not. */
export function useAskedOnce(param: string, open: (value: string) => void): void {
  const { get, set } = useUrlFilters();
  const value = get(param);
  const latest = useRef({ open, set });
  latest.current = { open, set };
  useEffect(() => {
    if (value === '') return;
    latest.current.set({ [param]: '' });
    latest.current.open(value);
  }, [param, value]);
}
