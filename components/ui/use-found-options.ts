'use client';

import { useEffect, useRef, useState } from 'react';
import { matching } from '@/server/domain/search-words';

interface Source<T> {
  load?: (query: string, signal: AbortSignal) => Promise<readonly T[]>;
  options?: readonly T[];
  textOf: (item: T) => string;
  minLength?: number;
}

export interface FoundOptions<T> {
  items: readonly T[];
  loading: boolean;
  /** Nothing was asked yet, since too little is typed. */
  tooShort: boolean;
  /** The question could not be answered, which says nothing of what there is. */
  failed: boolean;
}

const PAUSE_MS = 150;
const MOST_IN_MEMORY = 100;

/** What a ComboBox offers for a query: from memory at once, or from `load` after a pause. A late answer is dropped. */
export function useFoundOptions<T>(source: Source<T>, query: string): FoundOptions<T> {
  const { load, options, textOf, minLength = 1 } = source;
  const [answer, setAnswer] = useState<{ query: string; items: readonly T[]; failed?: boolean } | null>(null);
  const latest = useRef(load);
  latest.current = load;
  const text = query.trim();
  const tooShort = text.length < minLength;
  const asks = load !== undefined && !tooShort;

  useEffect(() => {
    if (!asks) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      latest
        .current?.(text, control.signal)
        .then((items) => {
          if (!control.signal.aborted) setAnswer({ query: text, items });
        })
        .catch(() => {
          if (!control.signal.aborted) setAnswer({ query: text, items: [], failed: true });
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [asks, text]);

  if (options) {
    const items = matching(options, textOf, text).slice(0, MOST_IN_MEMORY);
    return { items, loading: false, tooShort: false, failed: false };
  }
  const loading = asks && answer?.query !== text;
  const failed = asks && !loading && answer?.failed === true;
  return { items: asks ? (answer?.items ?? []) : [], loading, tooShort, failed };
}
