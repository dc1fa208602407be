'use client';

import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { ComboBoxProps } from './combo-props';
import { useFoundOptions } from './use-found-options';

/** One row of the list: something found, or the wish to create what is typed. */
export type ComboRow<T> = { kind: 'item'; key: string; item: T } | { kind: 'create'; key: string };

const CREATE_KEY = 'create-new';

function step(key: string, active: number, last: number): number | null {
  if (key === 'ArrowDown') return active >= last ? 0 : active + 1;
  if (key === 'ArrowUp') return active <= 0 ? last : active - 1;
  return null;
}

/**
 * The state of a ComboBox. `typed` is null while the box shows its value, a text while one searches; the first row is
 * active at once, so that typing and Enter are enough.
 */
export function useComboList<T>(props: ComboBoxProps<T>) {
  const { value, onChange, keyOf, textOf, onCreate, minLength = 1 } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const listId = useId();
  const query = (typed ?? '').trim();
  const found = useFoundOptions(props, open ? query : '');
  const items = found.items.map((item): ComboRow<T> => ({ kind: 'item', key: keyOf(item), item }));
  const rows: ComboRow<T>[] = onCreate && query !== '' ? [...items, { kind: 'create', key: CREATE_KEY }] : items;
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const rowId = (index: number) => `${listId}-${index}`;
  const activeId = open && rows.length > 0 ? rowId(at) : undefined;

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const close = () => {
    setOpen(false);
    setTyped(null);
    setActive(0);
  };
  const show = () => {
    if (!props.disabled && !props.readOnly) setOpen(true);
  };
  const pick = (row: ComboRow<T> | undefined) => {
    if (!row) return;
    if (row.kind === 'item') onChange(row.item);
    else onCreate?.(query);
    close();
  };
  const type = (text: string) => {
    setTyped(text);
    setActive(0);
    show();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const next = step(event.key, at, rows.length - 1);
    if (next !== null) {
      event.preventDefault();
      if (open) setActive(next);
      else show();
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (!found.loading) pick(rows[at]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const onBlur = () => {
    if (typed === '' && value !== null) onChange(null);
    close();
    props.onBlur?.();
  };
  const shown = typed ?? (value ? textOf(value) : '');
  const opensAtOnce = minLength === 0 || props.options !== undefined;
  return {
    shown,
    query,
    open,
    show,
    close,
    opensAtOnce,
    rows,
    at,
    setActive,
    rowId,
    listId,
    activeId,
    found,
    pick,
    type,
    onKeyDown,
    onBlur,
  };
}
