'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useState } from 'react';

interface RowFocus<Row> {
  rows: readonly Row[];
  virtualizer: Virtualizer<HTMLDivElement, HTMLTableRowElement>;
  onOpen?: (row: Row) => void;
  onToggle?: (row: Row) => void;
}

const PAGE = 12;
/** A row far away exists only some frames after its scroll. */
const FRAMES_TO_WAIT = 20;

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
export function useRowFocus<Row>({ rows, virtualizer, onOpen, onToggle }: RowFocus<Row>) {
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, rows.length - 1));

  const focusRow = (index: number) => {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    const focusWhenThere = (framesLeft: number) => {
      const row = virtualizer.scrollElement?.querySelector<HTMLElement>(`[data-index="${index}"]`);
      if (row) row.focus({ preventScroll: true });
      else if (framesLeft > 0) requestAnimationFrame(() => focusWhenThere(framesLeft - 1));
    };
    requestAnimationFrame(() => focusWhenThere(FRAMES_TO_WAIT));
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
  return { current, setActive, onKeyDown };
}
