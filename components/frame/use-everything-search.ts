'use client';

import { useEffect, useState } from 'react';
import type { PaletteResult } from './palette-items';

const PAUSE_MS = 150;
const LEAST_LENGTH = 2;

interface Answer {
  query: string;
  results: readonly PaletteResult[];
  failed: boolean;
}

/** Asks once the typing rests; an answer to an older question is dropped. */
export function useEverythingSearch(
  search: ((query: string) => Promise<readonly PaletteResult[]>) | undefined,
  typed: string,
) {
  const query = typed.trim();
  const asks = search !== undefined && query.length >= LEAST_LENGTH;
  const [answer, setAnswer] = useState<Answer>({ query: '', results: [], failed: false });
  useEffect(() => {
    if (!asks || !search) return;
    let stale = false;
    const timer = setTimeout(async () => {
      try {
        const results = await search(query);
        if (!stale) setAnswer({ query, results, failed: false });
      } catch {
        if (!stale) setAnswer({ query, results: [], failed: true });
      }
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asks, search, query]);
  return {
    results: asks ? answer.results : [],
    searching: asks && answer.query !== query,
    failed: asks && answer.query === query && answer.failed,
  };
}
