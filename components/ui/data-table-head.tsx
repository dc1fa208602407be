'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Checkbox } from './checkbox';
import { ColumnResizer } from './column-resizer';
import type { Column, Sort } from './data-table-types';
import { frozenLefts, stays, staysWide } from './table-layout';

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selectAll?: { checked: boolean; mixed: boolean; onChange: (checked: boolean) => void };
  onResize?: (id: string, px: number) => void;
}

const th = 'sticky top-0 z-10 h-9 border-b bg-sunken px-(--cell-px) text-xs font-medium text-ink-2';

function SortButton<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: Sort; onSort: (sort: Sort) => void }) {
  const t = useTranslations('ui.table');
  const direction = sort?.column === column.id ? sort.direction : null;
  const Icon = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ArrowUpDown;
  return (
    <button
      type="button"
      title={t('sort', { column: column.header })}
      onClick={() => onSort({ column: column.id, direction: direction === 'ascending' ? 'descending' : 'ascending' })}
      className={clsx(
        'group -mx-1 inline-flex max-w-full align-middle items-center gap-1 rounded-md px-1 font-medium hover:text-ink',
        column.align === 'end' && 'flex-row-reverse',
      )}
    >
      <span className="truncate">{column.header}</span>
      <Icon aria-hidden="true" className={clsx('size-3 shrink-0', !direction && 'opacity-0 group-hover:opacity-100')} />
    </button>
  );
}

export function DataTableHead<Row>({ columns, sort, onSort, selectAll, onResize }: HeadProps<Row>) {
  const t = useTranslations('ui.table');
  const roles = { group: { role: 'rowgroup' }, row: { role: 'row' }, head: { role: 'columnheader' } };
  const lefts = frozenLefts(columns);
  return (
    <thead {...roles.group} className="max-sm:sr-only">
      <tr {...roles.row} aria-rowindex={1}>
        {selectAll && (
          <th {...roles.head} className={clsx(th, 'w-10')}>
            <Checkbox
              aria-label={t('selectAll')}
              checked={selectAll.checked}
              mixed={selectAll.mixed}
              onChange={selectAll.onChange}
              className="align-middle"
            />
          </th>
        )}
        {columns.map((column, at) => (
          <th
            key={column.id}
            {...roles.head}
            aria-sort={column.sortable ? (sort?.column === column.id ? sort.direction : 'none') : undefined}
            className={clsx(
              th,
              'truncate',
              column.align === 'end' ? 'text-right' : 'text-left',
              lefts[at] !== null && `${staysWide} sm:z-20`,
            )}
            style={stays(lefts[at])}
          >
            {column.sortable && onSort ? <SortButton column={column} sort={sort} onSort={onSort} /> : column.header}
            {onResize && <ColumnResizer onResize={(px) => onResize(column.id, px)} />}
          </th>
        ))}
      </tr>
    </thead>
  );
}
