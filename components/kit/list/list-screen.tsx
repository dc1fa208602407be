'use client';

import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Column } from '@/components/ui/data-table-types';
import { FilterBar, type FilterBarProps } from '@/components/ui/filter-bar';
import { ListDetail } from '@/components/ui/list-detail';
import { useTableLayout } from '@/components/ui/use-table-layout';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { ListName } from '@/server/domain/lists';
import type { AskedFields } from './export-address';
import { ExportMenu } from './export-menu';
import { ListTable, type PagedList, rowsOf } from './list-table';
import { SavedViews } from './saved-views';
import { useListSort } from './use-list-sort';

type Teaching = { title: string; text: string };

/** What distinguishes one list from another: its columns, its filters and a few words. */
export type ListDefinition<Row> = {
  /** Names the list in saved views, exports and what this browser keeps. */
  name: ListName;
  title: string;
  columns: readonly Column<Row>[];
  /** The columns that stay while something is open beside the list: what names and weighs a row. */
  beside?: readonly string[];
  /** What the list asked its procedure for: its export asks for the same. */
  asked: AskedFields;
  /** The order that it comes with: a column that sorts, `-` before it for descending. */
  order: string;
  rowKey: (row: Row) => string;
  rowLabel: (row: Row) => string;
  hrefOf?: (row: Row) => string;
  search?: FilterBarProps['search'];
  filters?: FilterBarProps['filters'];
  icon: LucideIcon;
  /** What an empty list says and teaches; `filtered` where nothing fits the filters. */
  none: { all: Teaching; filtered: Teaching };
  /** The parameter of the address that names what stands open beside the list; `open` when left out. */
  openParam?: string;
  /** The detail beside the list. */
  panel?: (id: string, onClose: () => void) => ReactNode;
  /** Parameters of the address that belong to the open detail: they go when it closes, and are no filter. */
  panelParams?: readonly string[];
  /** What the address says beside `open` when a row is opened. */
  openWith?: (row: Row) => Record<string, string>;
  /** Acts on the selected rows, beside copying them. */
  bulk?: (rows: Row[], clear: () => void) => ReactNode;
  /** Over the table: how many there are, what the money is in. */
  caption?: ReactNode;
  /** Over the table at the right: what only this list has. */
  toolbar?: ReactNode;
};

const paramsOf = <Row,>({ search, filters = [] }: ListDefinition<Row>): string[] => [
  ...(search ? [search.param ?? 'q'] : []),
  ...filters.flatMap((filter) => (filter.kind === 'days' ? [filter.from, filter.to] : [filter.param])),
];

/**
 * Every list: filters in the address, order, columns, saved views, export, selection, the detail beside it. A screen gives its
 * definition and what it read.
 */
export function ListScreen<Row>({ definition, list }: { definition: ListDefinition<Row>; list: PagedList<Row> }) {
  const { name, title, asked, columns, beside, rowKey, none, panel, panelParams = [], hrefOf } = definition;
  const { get, set, back } = useUrlFilters();
  // What was opened here is closed by going back; what the address came with has nothing of ours before it.
  const stepped = useRef(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const openParam = definition.openParam ?? 'open';
  const open = panel ? get(openParam) : '';
  const arranged = useTableLayout(columns, name);
  const inView =
    open && beside ? { ...arranged, shown: arranged.shown.filter(({ id }) => beside.includes(id)) } : arranged;
  const params = paramsOf(definition);
  const filtered = params.some((param) => get(param) !== '');
  const rows = rowsOf(list).filter((row) => selected.has(rowKey(row)));
  const exported = arranged.shown.map(({ id }) => id);
  const clear = () => setSelected(new Set());
  useEffect(() => {
    if (open === '') stepped.current = false;
  }, [open]);
  const close = () => {
    if (stepped.current) back();
    else set(Object.fromEntries([openParam, ...panelParams].map((param) => [param, ''])));
  };
  const openRow = (row: Row) => {
    const isFirst = open === '';
    if (isFirst) stepped.current = true;
    set({ ...definition.openWith?.(row), [openParam]: rowKey(row) }, isFirst);
  };
  return (
    <>
      <FilterBar {...(definition.search ? { search: definition.search } : {})} filters={definition.filters ?? []}>
        <SavedViews list={name} params={[...params, 'sort']} arranged={arranged} />
      </FilterBar>
      <ListDetail
        list={
          <ListTable
            label={title}
            columns={columns}
            list={list}
            rowKey={rowKey}
            rowLabel={definition.rowLabel}
            {...(panel
              ? {
                  onOpen: openRow,
                  openKey: open || null,
                }
              : {})}
            {...(hrefOf ? { hrefOf } : {})}
            {...useListSort(definition.order)}
            arranged={inView}
            selection={{ selected: new Set(rows.map(rowKey)), onChange: setSelected }}
            bulkActions={
              <>
                <ExportMenu list={name} asked={asked} columns={exported} only={rows.map(rowKey)} />
                {definition.bulk?.(rows, clear)}
              </>
            }
            caption={definition.caption}
            toolbar={
              <>
                {definition.toolbar}
                <ExportMenu list={name} asked={asked} columns={exported} />
              </>
            }
            maxHeight="max-h-[calc(100dvh-15rem)]"
            none={{ icon: definition.icon, ...(filtered ? none.filtered : none.all) }}
          />
        }
        panel={open && panel ? panel(open, close) : null}
      />
    </>
  );
}
