import type { CSSProperties } from 'react';
import { DENSITIES } from '@/server/domain/lists';
import type { Column, TableLayout } from './data-table-types';

export const LEAST_WIDTH_PX = 64;
export const MOST_WIDTH_PX = 640;
const STEP_PX = 24;
/** What a column that shares the room is taken to have, until it is made wider or narrower. */
const SHARED_PX = 160;

type Plain = Pick<Column<never>, 'id' | 'width' | 'minWidth' | 'fixed' | 'hidden'>;

/** The columns as they were arranged; the first one names the row and stays where it is. One that came later stands where it was put. */
export function arranged<One extends Plain>(columns: readonly One[], { order = [] }: TableLayout): One[] {
  const place = new Map(order.map((id, at) => [id, at]));
  const known = columns.filter(({ id }, at) => at > 0 && place.has(id));
  const sorted = [...known].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  let next = 0;
  return columns.map((column, at) => (at > 0 && place.has(column.id) ? (sorted[next++] ?? column) : column));
}

/** Whether a column stands in the table; the first always does. */
export const isShown = (column: Plain, at: number, { shown = {} }: TableLayout): boolean =>
  at === 0 || column.fixed === true || (shown[column.id] ?? !column.hidden);

export const withShown = (layout: TableLayout, id: string, shown: boolean): TableLayout => ({
  ...layout,
  shown: { ...layout.shown, [id]: shown },
});

/** Moves a column by so many places; the first one keeps its own. */
export function withMoved(layout: TableLayout, columns: readonly Plain[], id: string, by: number): TableLayout {
  const order = arranged(columns, layout).map((column) => column.id);
  const at = order.indexOf(id);
  const to = Math.max(1, Math.min(order.length - 1, at + by));
  if (at < 1) return layout;
  order.splice(to, 0, ...order.splice(at, 1));
  return { ...layout, order };
}

/** How far from the left each column stays while others pass under it: the first, and those after it that are frozen; null where one moves. */
export function frozenLefts(columns: readonly (Plain & { frozen?: boolean })[]): (number | null)[] {
  let left: number | null = 0;
  return columns.map(({ width, frozen }, at) => {
    const own = at === 0 || frozen ? left : null;
    left = own === null || width === undefined ? null : own + width;
    return own;
  });
}

/** A width that grows with the text: columns are given in px for text of its usual size, 16 to the rem. */
export const inRem = (px: number): string => `${px / 16}rem`;

/** Where a cell stays, when it does. */
export const stays = (left: number | null | undefined): (CSSProperties & Record<'--left', string>) | undefined =>
  left === null || left === undefined ? undefined : { '--left': inRem(left) };

/** A column stays where the others still have room to pass: with large text, or in a narrow place, all of them move. */
export const staysWide = '@min-[36rem]/table:left-(--left)';

const bounded = (px: number) => Math.round(Math.max(LEAST_WIDTH_PX, Math.min(MOST_WIDTH_PX, px)));

export const withWidth = (layout: TableLayout, id: string, px: number): TableLayout => ({
  ...layout,
  widths: { ...layout.widths, [id]: bounded(px) },
});

/** One step wider or narrower, for who uses no mouse. */
export const withWidthStep = (layout: TableLayout, column: Plain, steps: number): TableLayout =>
  withWidth(
    layout,
    column.id,
    (layout.widths?.[column.id] ?? column.width ?? column.minWidth ?? SHARED_PX) + steps * STEP_PX,
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const only = <Value>(value: unknown, fits: (one: unknown) => one is Value): Record<string, Value> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Value] => fits(entry[1])))
    : {};

/** A layout that was kept, or that somebody else wrote; what is none of ours is left out. */
export function readLayout(kept: unknown): TableLayout {
  if (!isRecord(kept)) return {};
  const order = Array.isArray(kept.order) ? kept.order.filter((id) => typeof id === 'string') : [];
  const shown = only(kept.shown, (one): one is boolean => typeof one === 'boolean');
  const density = DENSITIES.find((one) => one === kept.density);
  const widths = only(kept.widths, (one): one is number => typeof one === 'number' && Number.isFinite(one));
  return {
    ...(order.length > 0 ? { order } : {}),
    ...(Object.keys(shown).length > 0 ? { shown } : {}),
    ...(density ? { density } : {}),
    ...(Object.keys(widths).length > 0
      ? { widths: Object.fromEntries(Object.entries(widths).map(([id, px]) => [id, bounded(px)])) }
      : {}),
  };
}
