'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { Checkbox } from './checkbox';
import type { Column } from './data-table-types';
import { Skeleton } from './skeleton';
import { frozenLefts, stays, staysWide } from './table-layout';

const td = 'border-b px-(--cell-px) align-middle max-sm:border-0 max-sm:px-0';
const trCard = 'max-sm:relative max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:border-b max-sm:px-4 max-sm:py-3';

interface RowProps<Row> {
  ref: Ref<HTMLTableRowElement>;
  row: Row;
  index: number;
  label: string;
  columns: readonly Column<Row>[];
  grid: boolean;
  href?: string;
  opens: boolean;
  isOpen: boolean;
  /** It came by itself a moment ago. */
  isNew: boolean;
  isActive: boolean;
  selection?: { checked: boolean; onToggle: (checked: boolean) => void };
  onPress: () => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => void;
}

/** A press on a control inside the row is that control's own. */
function isOwnPress(event: MouseEvent<HTMLTableRowElement>): boolean {
  return !(event.target instanceof Element && event.target.closest('a, button, input, label, summary'));
}

function CellBody<Row>({ column, row, first, href }: { column: Column<Row>; row: Row; first: boolean; href?: string }) {
  const content: ReactNode = column.cell(row);
  if (first) {
    return href ? (
      <Link href={href} tabIndex={-1} className="hover:underline">
        {content}
      </Link>
    ) : (
      content
    );
  }
  return (
    <>
      <span aria-hidden="true" className="shrink-0 text-ink-3 sm:hidden">
        {column.header}
      </span>
      <span
        className={clsx('min-w-0 sm:block sm:truncate', column.long ? 'max-sm:wrap-anywhere' : 'max-sm:text-right')}
      >
        {content}
      </span>
    </>
  );
}

export function DataTableRow<Row>(props: RowProps<Row>) {
  const t = useTranslations('ui.table');
  const { ref, row, index, label, columns, grid, href, opens, isOpen, isNew, isActive, selection, onPress } = props;
  const lefts = frozenLefts(columns);
  const roles = { row: { role: 'row' }, cell: { role: grid ? 'gridcell' : 'cell' } };
  return (
    <tr
      ref={ref}
      {...roles.row}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selection ? selection.checked : undefined}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={grid ? (isActive ? 0 : -1) : undefined}
      onClick={opens ? (event) => isOwnPress(event) && onPress() : undefined}
      onKeyDown={grid ? props.onKeyDown : undefined}
      onFocus={grid ? props.onFocus : undefined}
      className={clsx(
        'group/row -outline-offset-2',
        trCard,
        opens && 'cursor-pointer',
        isNew && 'animate-fade',
        isOpen || selection?.checked ? 'bg-accent-soft' : 'bg-surface hover:bg-hover',
      )}
    >
      {selection && (
        <td
          {...roles.cell}
          className={clsx(td, 'h-(--row-h) max-sm:absolute max-sm:top-3 max-sm:right-4 max-sm:h-auto')}
        >
          <Checkbox
            aria-label={t('selectRow', { row: label })}
            checked={selection.checked}
            onChange={selection.onToggle}
            excludeFromTabOrder
            className="align-middle"
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td
          key={column.id}
          {...roles.cell}
          style={stays(lefts[at])}
          className={clsx(
            td,
            'h-(--row-h) truncate max-sm:h-auto max-sm:overflow-visible max-sm:whitespace-normal',
            at === 0 && 'font-medium max-sm:pr-8 max-sm:text-base',
            at > 0 && (column.long ? 'max-sm:flex max-sm:flex-col' : 'max-sm:flex max-sm:justify-between max-sm:gap-4'),
            lefts[at] !== null &&
              `${staysWide} sm:z-[1] sm:bg-inherit sm:group-focus-visible/row:shadow-row-focus @min-[36rem]/table:sticky`,
            column.align === 'end' && 'tabular sm:text-right',
          )}
        >
          <CellBody column={column} row={row} first={at === 0} href={href} />
        </td>
      ))}
    </tr>
  );
}

const silent = { 'aria-hidden': true };

/** Rows as grey bars: the first load, or the next page under the last row. */
export function SkeletonTableRows({
  count,
  columns,
  selectable,
}: {
  count: number;
  columns: readonly Column<never>[];
  selectable: boolean;
}) {
  return Array.from({ length: count }, (_, row) => row).map((row) => (
    <tr key={`waiting-${row}`} {...silent} className={clsx('bg-surface', trCard)}>
      {selectable && <td className={clsx(td, 'h-(--row-h) max-sm:hidden')} />}
      {columns.map((column, at) => (
        <td key={column.id} className={clsx(td, 'h-(--row-h) max-sm:h-auto max-sm:py-0.5')}>
          <Skeleton className={clsx('h-3', column.align === 'end' ? 'ml-auto w-16' : at % 2 ? 'w-2/3' : 'w-4/5')} />
        </td>
      ))}
    </tr>
  ));
}
