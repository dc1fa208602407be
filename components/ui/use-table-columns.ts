'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Column } from './data-table-types';

/** Which columns are shown. What a person chose is kept in this browser; columns added later follow their default. */
export function useTableColumns<Row>(columns: readonly Column<Row>[], storageKey: string | undefined) {
  const [choice, setChoice] = useState<Record<string, boolean>>({});
  const place = storageKey ? `columns:${storageKey}` : null;

  useEffect(() => {
    if (!place) return;
    try {
      setChoice(JSON.parse(window.localStorage.getItem(place) ?? '{}'));
    } catch {
      setChoice({});
    }
  }, [place]);

  const isShown = useCallback(
    (column: Column<Row>, index: number) => index === 0 || column.fixed || (choice[column.id] ?? !column.hidden),
    [choice],
  );
  const toggle = useCallback(
    (id: string, shown: boolean) =>
      setChoice((before) => {
        const next = { ...before, [id]: shown };
        if (place) window.localStorage.setItem(place, JSON.stringify(next));
        return next;
      }),
    [place],
  );
  const shown = useMemo(() => columns.filter(isShown), [columns, isShown]);
  return { shown, isShown, toggle };
}
