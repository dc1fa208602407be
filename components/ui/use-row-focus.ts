'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';

interface RowFocus<Row> {
  rows: readonly Row[];
  /** The row that the keyboard has; it always exists. */
  active: number;
  setActive: (index: number) => void;
  virtualizer: Virtualizer<HTMLDivElement, HTMLTableRowElement>;
  onOpen?: (row: Row) => void;
  onToggle?: (row: Row) => void;
}

const PAGE = 12;

function targetOf(key: string, at: number, last: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? null : Math.max(0, Math.min(last, target));
}

/** One row of a table is in the tab order; arrows, Page, Home and End move it, Enter opens, Space selects. */
export function useRowFocus<Row>({ rows, active, setActive, virtualizer, onOpen, onToggle }: RowFocus<Row>) {
  const current = Math.min(active, Math.max(0, rows.length - 1));

  // A row far away exists once it was drawn as the active one.
  const awaited = useRef<number | null>(null);
  const focusIfThere = () => {
    const row = virtualizer.scrollElement?.querySelector<HTMLElement>(`[data-index="${awaited.current}"]`);
    if (!row) return;
    awaited.current = null;
    row.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (awaited.current !== null) focusIfThere();
  });
  const focusRow = (index: number) => {
    awaited.current = index;
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    focusIfThere();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number) => {
    if (event.target !== event.currentTarget) return;
    const target = targetOf(event.key, index, rows.length - 1);
    const row = rows[index];
    if (target !== null) {
      event.preventDefault();
      focusRow(target);
    } else if (event.key === 'Enter' && onOpen && row !== undefined) {
      event.preventDefault();
      onOpen(row);
    } else if (event.key === ' ' && onToggle && row !== undefined) {
      event.preventDefault();
      onToggle(row);
    }
  };
  return { current, onKeyDown };
}
