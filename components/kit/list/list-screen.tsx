'use client';

import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { ColumnChooser } from '@/components/ui/column-chooser';
import type { Column } from '@/components/ui/data-table-types';
import { FilterBar, type FilterBarProps } from '@/components/ui/filter-bar';
import { later } from '@/components/ui/later';
import { ListDetail } from '@/components/ui/list-detail';
import { useTableLayout } from '@/components/ui/use-table-layout';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { ListName } from '@/server/domain/lists';
import type { AskedFields } from './export-address';
import { ListTable, type PagedList, rowsOf } from './list-table';
import { useArrived } from './use-arrived';
import { useListSort } from './use-list-sort';

const ExportMenu = later(() => import('./export-menu').then((module) => module.ExportMenu));
const SavedViews = later(() => import('./saved-views').then((module) => module.SavedViews<never>));
const SelectionBar = later(() => import('@/components/ui/data-table-top').then((module) => module.SelectionBar));

/** As wide as the buttons that come. */
const exportPlace = <span className="h-(--control-h-sm) w-16" />;
const viewsPlace = <span className="h-(--control-h-sm) w-24" />;

type Teaching = { title: string; text: string };

/** What distinguishes one list from another: its columns, its filters and a few words. */
export type ListDefinition<Row> = {
  /** Names the list in saved views, exports and what this browser keeps. */
  name: ListName;
  title: string;
  /** The list is a page: it has the title over it, with its one primary action. Without, it is a part of one. */
  page?: {
    /** Where it is another than the list's own. */
    title?: string;
    action?: ReactNode;
    /** Over the list while there is something to say: a file that is being sent, why one was refused. */
    above?: ReactNode;
  };
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
  /** At the right end of the filters: what waits, as presses that filter. */
  beforeAll?: ReactNode;
  /** Rows stand together under heads while the list is in the order of this column: shifts under their day. */
  group?: { by: string; keyOf: (row: Row) => string; head: (key: string) => ReactNode };
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
  /** Beside the title: how many there are, what the money is in. */
  caption?: ReactNode;
  /** Over the table at the right: what only this list has. */
  toolbar?: ReactNode;
};

const paramsOf = <Row,>({ search, filters = [] }: ListDefinition<Row>): string[] => [
  ...(search ? [search.param ?? 'q'] : []),
  ...filters.flatMap((filter) => (filter.kind === 'days' ? [filter.from, filter.to] : [filter.param])),
];

/** What stands open beside a list, in the address: Back closes it, and leaves the list as it was. */
function useOpened<Row>({ panel, panelParams = [], openParam = 'open', openWith, rowKey }: ListDefinition<Row>) {
  const { get, set, back } = useUrlFilters();
  // What was opened here is closed by going back; what the address came with has nothing of ours before it.
  const stepped = useRef(false);
  const open = panel ? get(openParam) : '';
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
    set({ ...openWith?.(row), [openParam]: rowKey(row) }, isFirst);
  };
  return { open, openRow, close };
}

/** The title of a list that is a page, with what belongs to it. */
function Head({ title, page, caption, tools }: HeadProps & { caption: ReactNode; tools: ReactNode }) {
  const said = caption && <div className="text-ink-2">{caption}</div>;
  return <PageHeader title={page.title ?? title} status={said} secondary={tools} action={page.action} />;
}

type HeadProps = { title: string; page: NonNullable<ListDefinition<never>['page']> };

/**
 * Every list: filters in the address, order, columns, saved views, export, selection, the detail beside it. A screen gives its
 * definition and what it read. As a page it fills the window: its rows scroll, nothing else does.
 */
export function ListScreen<Row>({ definition, list }: { definition: ListDefinition<Row>; list: PagedList<Row> }) {
  const { name, title, page, asked, columns, beside, rowKey, none, panel, hrefOf } = definition;
  const { get } = useUrlFilters();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { open, openRow, close } = useOpened(definition);
  const arranged = useTableLayout(columns, name);
  const inView =
    open && beside ? { ...arranged, shown: arranged.shown.filter(({ id }) => beside.includes(id)) } : arranged;
  const params = paramsOf(definition);
  const filtered = params.some((param) => get(param) !== '');
  const rows = rowsOf(list).filter((row) => selected.has(rowKey(row)));
  const sorting = useListSort(definition.order);
  const group = definition.group?.by === sorting.sort?.column ? definition.group : undefined;
  const exported = arranged.shown.map(({ id }) => id);
  const clear = () => setSelected(new Set());
  const arrived = useArrived(JSON.stringify(asked), rowsOf(list).map(rowKey));
  const tools = (
    <>
      {definition.toolbar}
      <SavedViews list={name} params={[...params, 'sort']} arranged={arranged} fallback={viewsPlace} />
      <ExportMenu list={name} title={title} asked={asked} columns={exported} fallback={exportPlace} />
      <ColumnChooser table={arranged} />
    </>
  );
  return (
    <div data-fills={page && ''} className="flex min-h-0 flex-col lg:data-fills:flex-1">
      {page && <Head title={title} page={page} caption={definition.caption} tools={tools} />}
      {/* Both in one place: nothing moves when something is selected. */}
      <div className="grid *:[grid-area:1/1]">
        <div className={rows.length > 0 ? 'invisible' : 'contents'}>
          <FilterBar
            {...(definition.search ? { search: definition.search } : {})}
            filters={definition.filters ?? []}
            folded={open !== ''}
          >
            {definition.beforeAll}
            {/* Of a list that is a part of a page, in one row with the filters: the page has its own head. */}
            {!page && (
              <div className="flex items-center gap-2 max-sm:-ml-2 sm:-mr-2 sm:ml-auto">
                {definition.caption && <span className="text-ink-2 max-xl:hidden">{definition.caption}</span>}
                {tools}
              </div>
            )}
          </FilterBar>
        </div>
        {rows.length > 0 && (
          <SelectionBar count={rows.length} onClear={clear}>
            <ExportMenu list={name} title={title} asked={asked} columns={exported} only={rows.map(rowKey)} />
            {definition.bulk?.(rows, clear)}
          </SelectionBar>
        )}
      </div>
      {page?.above}
      <ListDetail
        list={
          <ListTable
            label={title}
            columns={columns}
            list={list}
            rowKey={rowKey}
            rowLabel={definition.rowLabel}
            {...(panel ? { onOpen: openRow, openKey: open || null } : {})}
            {...(hrefOf ? { hrefOf } : {})}
            {...sorting}
            {...(group ? { group } : {})}
            arranged={inView}
            selection={{ selected: new Set(rows.map(rowKey)), onChange: setSelected }}
            arrived={arrived}
            bare
            maxHeight={page ? 'max-h-[calc(100dvh-13rem)] lg:max-h-none' : 'max-h-[calc(100dvh-13rem)]'}
            none={{ icon: definition.icon, ...(filtered ? none.filtered : none.all) }}
          />
        }
        panel={open && panel ? panel(open, close) : null}
      />
    </div>
  );
}
