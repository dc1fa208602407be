'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Inbox } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type CSSProperties, Fragment, useEffect, useRef, useState } from 'react';
import type { Density } from '@/server/domain/lists';
import { GroupHead, heightOf } from './data-table-group';
import { DataTableHead } from './data-table-head';
import { DataTableRow, SkeletonTableRows } from './data-table-row';
import type { Column, DataTableProps } from './data-table-types';
import { EmptyState } from './empty-state';
import { later } from './later';
import { inRem, withWidth } from './table-layout';
import { useMediaQuery } from './use-media-query';
import { useRowFocus } from './use-row-focus';
import { useTableLayout } from './use-table-layout';

export type { Column, DataTableProps, Sort } from './data-table-types';

const ROW_PX = { compact: 32, regular: 40, relaxed: 52 } as const;
const CARD_LINE_PX = 24;
// Lists bring a line of their own over the table.
const DataTableTop = later(() => import('./data-table-top').then((module) => module.DataTableTop<never>));

const FIRST_LOAD_ROWS = 8;
const NEAR_END = 27;
const FLEXIBLE_PX = 120;

/** `active` is the row that the keyboard has: it exists however far it is scrolled away, for focus must not fall out of the list. */
function useRows<Row>(props: DataTableProps<Row>, active: number, shownCount: number, density: Density = 'regular') {
  const { rows, rowKey, hasMore, loadingMore, onEndReached } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const cards = useMediaQuery('(max-width: 39.99rem)');
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (cards ? shownCount * CARD_LINE_PX + CARD_LINE_PX : ROW_PX[density]),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 12,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active >= range.count || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
    },
    measureElement: heightOf,
    initialRect: { width: 1024, height: 640 },
    useFlushSync: false,
  });
  const measured = useRef(density);
  useEffect(() => {
    if (measured.current === density) return;
    measured.current = density;
    virtualizer.measure();
  }, [density, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const lastShown = virtualizer.range?.endIndex ?? -1;
  const nearEnd = rows.length > 0 && lastShown >= rows.length - NEAR_END;
  useEffect(() => {
    if (nearEnd && hasMore && !loadingMore) onEndReached?.();
  }, [nearEnd, hasMore, loadingMore, onEndReached]);
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return { scroller, virtualizer, items, after };
}

function useSelection<Row>({ rows, rowKey, selection }: DataTableProps<Row>) {
  if (!selection) return null;
  const { selected, onChange } = selection;
  const count = rows.filter((row) => selected.has(rowKey(row))).length;
  const toggle = (row: Row, checked: boolean) => {
    const next = new Set(selected);
    if (checked) next.add(rowKey(row));
    else next.delete(rowKey(row));
    onChange(next);
  };
  const all = {
    checked: rows.length > 0 && count === rows.length,
    mixed: count > 0 && count < rows.length,
    onChange: (checked: boolean) => onChange(new Set(checked ? rows.map(rowKey) : [])),
  };
  return { selected, toggle, all, clear: () => onChange(new Set()) };
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr {...{ 'aria-hidden': true }} className="max-sm:block">
      <td colSpan={span} style={{ height }} className="p-0 max-sm:block" />
    </tr>
  );
}

/** Narrower than this a table is not: it scrolls. */
function leastOf<Row>(
  shown: readonly Column<Row>[],
  selectable: boolean,
): CSSProperties & Record<'--table-least', string> {
  const least = shown.reduce((sum, c) => sum + (c.width ?? c.minWidth ?? FLEXIBLE_PX), selectable ? 40 : 0);
  return { '--table-least': inRem(least) };
}

/** The last row leaves its line to the edge of the card. */
const rowGroup = 'max-sm:block max-sm:[&>tr:last-child]:border-b-0 sm:[&>tr:last-child>td]:border-b-0';

function Widths<Row>({ columns, selectable }: { columns: readonly Column<Row>[]; selectable: boolean }) {
  return (
    <colgroup>
      {selectable && <col style={{ width: inRem(40) }} />}
      {columns.map((column) => (
        <col key={column.id} style={column.width ? { width: inRem(column.width) } : undefined} />
      ))}
    </colgroup>
  );
}

function Totals<Row>({ columns, selectable }: { columns: readonly Column<Row>[]; selectable: boolean }) {
  const t = useTranslations('ui.table');
  const summed = columns.filter((column, at) => at > 0 && column.total !== undefined);
  if (summed.length === 0 && columns[0]?.total === undefined) return null;
  // One sum alone needs no second name: on a phone it stands at the end of its line, as the amounts above it.
  const alone = summed.length === 1;
  const cell =
    'sticky bottom-0 z-10 h-(--row-h) border-t bg-sunken px-(--cell-px) font-semibold max-sm:static max-sm:h-auto max-sm:border-0 max-sm:px-0';
  const roles = { group: { role: 'rowgroup' }, row: { role: 'row' }, cell: { role: 'cell' } };
  return (
    // On a phone the sums keep to a quarter of the height: the rows are what one scrolls for.
    <tfoot
      {...roles.group}
      className="max-sm:sticky max-sm:bottom-0 max-sm:block max-sm:max-h-[25dvh] max-sm:overflow-y-auto"
    >
      <tr
        {...roles.row}
        className="max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:border-t max-sm:bg-sunken max-sm:px-4 max-sm:py-2"
      >
        {selectable && <td {...roles.cell} className={clsx(cell, 'max-sm:hidden')} />}
        {columns.map((column, at) => (
          <td
            key={column.id}
            {...roles.cell}
            className={clsx(
              cell,
              at === 0 && 'sm:z-20 @min-[36rem]/table:left-0',
              at === 0 && !alone && 'max-sm:col-span-2',
              at > 0 && alone && 'max-sm:items-end max-sm:text-base',
              column.align === 'end' && 'tabular sm:text-right',
              at > 0 &&
                (column.total === undefined ? 'max-sm:hidden' : 'max-sm:flex max-sm:flex-col max-sm:leading-tight'),
            )}
          >
            {at > 0 && (
              <span
                aria-hidden="true"
                className={clsx('text-xs font-normal text-ink-3 sm:hidden', alone && 'max-sm:hidden')}
              >
                {column.header}
              </span>
            )}
            <span>{at === 0 ? (column.total ?? t('total')) : column.total}</span>
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

/** The arrangement that stands above, or the table's own. */
function useArranged<Row>({ columns, arranged, storageKey }: DataTableProps<Row>) {
  const own = useTableLayout(columns, arranged ? undefined : storageKey);
  return arranged ?? own;
}

/**
 * A list of things. Header and totals stay while rows scroll; only visible rows exist in the page; the next ones are
 * asked for as the end nears. Under 640 px each row becomes a card.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useTranslations('ui.table');
  const router = useRouter();
  const { label, rows, rowKey, loading, loadingMore, error, onOpen, hrefOf, openKey } = props;
  const arranged = useArranged(props);
  const mayArrange = props.arranged !== undefined || props.storageKey !== undefined;
  const { shown } = arranged;
  const [active, setActive] = useState(0);
  const { scroller, virtualizer, items, after } = useRows(props, active, shown.length, arranged.layout.density);
  const selection = useSelection(props);
  const opens = onOpen !== undefined || hrefOf !== undefined;
  const grid = opens || selection !== null;
  const open = (row: Row) => (onOpen ? onOpen(row) : hrefOf && router.push(hrefOf(row)));
  const focus = useRowFocus({
    rows,
    active,
    setActive,
    virtualizer,
    onOpen: opens ? open : undefined,
    onToggle: selection ? (row) => selection.toggle(row, !selection.selected.has(rowKey(row))) : undefined,
  });
  const span = shown.length + (selection ? 1 : 0);
  const leastWidth = leastOf(shown, selection !== null);
  const isEmpty = !loading && rows.length === 0;

  return (
    <div className="flex min-h-0 min-w-0 flex-col lg:in-[[data-fills]]:flex-1" data-density={arranged.layout.density}>
      {!props.bare && (
        <DataTableTop
          wanted={mayArrange || Boolean(props.caption ?? props.toolbar ?? selection)}
          arranged={mayArrange ? arranged : null}
          caption={props.caption}
          toolbar={props.toolbar}
          selectedCount={selection?.selected.size ?? 0}
          onClearSelection={() => selection?.clear()}
          bulkActions={props.bulkActions}
        />
      )}
      {error || isEmpty ? (
        <div className="card lg:in-[[data-fills]]:grid lg:in-[[data-fills]]:flex-1 lg:in-[[data-fills]]:content-center">
          {error ?? props.empty ?? (
            <EmptyState icon={Inbox} title={t('empty')}>
              {t('emptyHint')}
            </EmptyState>
          )}
        </div>
      ) : (
        <section
          ref={scroller}
          aria-label={label}
          aria-busy={loading || loadingMore}
          // A table without rows to focus must still scroll by keyboard.
          tabIndex={grid ? -1 : 0}
          className={clsx('@container/table card relative min-h-0 overflow-auto', props.maxHeight ?? 'max-h-[70dvh]')}
        >
          <table
            {...(grid ? { role: 'grid', 'aria-multiselectable': selection !== null } : { role: 'table' })}
            aria-label={label}
            aria-rowcount={props.hasMore ? -1 : rows.length + 1}
            style={leastWidth}
            className="w-full table-fixed border-separate border-spacing-0 max-sm:block sm:min-w-(--table-least)"
          >
            <Widths columns={shown} selectable={selection !== null} />
            <DataTableHead
              columns={shown}
              sort={props.sort}
              onSort={props.onSort}
              selectAll={selection?.all}
              onResize={mayArrange ? (id, px) => arranged.setLayout((layout) => withWidth(layout, id, px)) : undefined}
            />
            <tbody {...{ role: 'rowgroup' }} className={rowGroup}>
              {loading && <SkeletonTableRows count={FIRST_LOAD_ROWS} columns={shown} selectable={selection !== null} />}
              {items.map((item, at) => {
                const row = rows[item.index];
                if (row === undefined) return null;
                const key = rowKey(row);
                return (
                  <Fragment key={key}>
                    <Spacer height={item.start - (items[at - 1]?.end ?? 0)} span={span} />
                    <GroupHead group={props.group} row={row} before={rows[item.index - 1]} span={span} />
                    <DataTableRow
                      ref={virtualizer.measureElement}
                      row={row}
                      index={item.index}
                      label={props.rowLabel?.(row) ?? key}
                      columns={shown}
                      grid={grid}
                      href={hrefOf?.(row)}
                      opens={opens}
                      isNew={props.arrived?.has(key) ?? false}
                      isOpen={openKey === key}
                      isActive={focus.current === item.index}
                      selection={
                        selection
                          ? {
                              checked: selection.selected.has(key),
                              onToggle: (checked) => selection.toggle(row, checked),
                            }
                          : undefined
                      }
                      onPress={() => open(row)}
                      onFocus={() => setActive(item.index)}
                      onKeyDown={(event) => focus.onKeyDown(event, item.index)}
                    />
                  </Fragment>
                );
              })}
              <Spacer height={after} span={span} />
              {loadingMore && <SkeletonTableRows count={3} columns={shown} selectable={selection !== null} />}
            </tbody>
            <Totals columns={shown} selectable={selection !== null} />
          </table>
        </section>
      )}
      <p role="status" className="sr-only">
        {loading ? t('loading') : loadingMore ? t('loadingMore') : ''}
      </p>
    </div>
  );
}
