'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ArrangedTable, Column, TableLayout } from './data-table-types';
import { arranged, isShown, readLayout } from './table-layout';

function read(place: string): TableLayout {
  try {
    return readLayout(JSON.parse(window.localStorage.getItem(place) ?? 'null'));
  } catch {
    return {};
  }
}

/** A browser that keeps nothing loses the arrangement with the page, nothing else. */
function keep(place: string, layout: TableLayout): void {
  try {
    window.localStorage.setItem(place, JSON.stringify(layout));
  } catch {}
}

/** How a person arranged a table, kept in this browser under the table's name; without a name the table stands as it is. */
export function useTableLayout<Row>(
  columns: readonly Column<Row>[],
  storageKey: string | undefined,
): ArrangedTable<Row> {
  const [layout, set] = useState<TableLayout>({});
  const place = storageKey ? `columns:${storageKey}` : null;
  useEffect(() => {
    if (place) set(read(place));
  }, [place]);
  const setLayout = useCallback<ArrangedTable<Row>['setLayout']>(
    (change) =>
      set((before) => {
        const next = typeof change === 'function' ? change(before) : change;
        if (place) keep(place, next);
        return next;
      }),
    [place],
  );
  const all = useMemo(() => arranged(columns, layout), [columns, layout]);
  const shown = useMemo(
    () =>
      all
        .filter((column, at) => isShown(column, at, layout))
        .map((column) => {
          const width = layout.widths?.[column.id];
          return width ? { ...column, width } : column;
        }),
    [all, layout],
  );
  return { all, shown, layout, setLayout };
}
