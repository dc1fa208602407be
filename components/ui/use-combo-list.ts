'use client';

import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { ComboBoxProps } from './combo-props';
import { type FoundOptions, useFoundOptions } from './use-found-options';

/** One row of the list: something found, or the wish to create what is typed. */
export type ComboRow<T> = { kind: 'item'; key: string; item: T } | { kind: 'create'; key: string };

const CREATE_KEY = 'create-new';

function step(key: string, active: number, last: number): number | null {
  if (key === 'ArrowDown') return active >= last ? 0 : active + 1;
  if (key === 'ArrowUp') return active <= 0 ? last : active - 1;
  return null;
}

type Keys = {
  at: number;
  last: number;
  open: boolean;
  show: () => void;
  close: () => void;
  move: (to: number) => void;
  enter: () => void;
};

/** What the keys do in the box: arrows walk the list, Enter picks, Escape closes. */
const keysOf =
  ({ at, last, open, show, close, move, enter }: Keys) =>
  (event: KeyboardEvent<HTMLInputElement>) => {
    const next = step(event.key, at, last);
    if (next !== null) {
      event.preventDefault();
      if (open) move(next);
      else show();
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      enter();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

/** What is typed, whether the list is open, which row is active. */
function useTyping(mayOpen: boolean) {
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const close = () => {
    setOpen(false);
    setTyped(null);
    setActive(0);
  };
  const show = () => {
    if (mayOpen) setOpen(true);
  };
  const type = (text: string) => {
    setTyped(text);
    setActive(0);
    show();
  };
  return { typed, open, active, setActive, close, show, type };
}

/** What was found, and at the end the wish to create what is typed; a search that failed says nothing of what there is. */
function rowsOf<T>({ keyOf, onCreate }: ComboBoxProps<T>, found: FoundOptions<T>, query: string): ComboRow<T>[] {
  const items = found.items.map((item): ComboRow<T> => ({ kind: 'item', key: keyOf(item), item }));
  return onCreate && query !== '' && !found.failed ? [...items, { kind: 'create', key: CREATE_KEY }] : items;
}

/**
 * The state of a ComboBox. `typed` is null while the box shows its value, a text while one searches; the first row is
 * active at once, so that typing and Enter are enough.
 */
export function useComboList<T>(props: ComboBoxProps<T>) {
  const { value, onChange, textOf, onCreate, minLength = 1 } = props;
  const { typed, open, active, setActive, close, show, type } = useTyping(!props.disabled && !props.readOnly);
  const listId = useId();
  const query = (typed ?? '').trim();
  const found = useFoundOptions(props, open ? query : '');
  const rows = rowsOf(props, found, query);
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const rowId = (index: number) => `${listId}-${index}`;
  const activeId = open && rows.length > 0 ? rowId(at) : undefined;

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const pick = (row: ComboRow<T> | undefined) => {
    if (!row) return;
    if (row.kind === 'item') onChange(row.item);
    else onCreate?.(query);
    close();
  };
  const onKeyDown = keysOf({
    at,
    last: rows.length - 1,
    open,
    show,
    close,
    move: setActive,
    enter: () => {
      if (!found.loading) pick(rows[at]);
    },
  });
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
