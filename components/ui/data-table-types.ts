import type { ReactNode } from 'react';
import type { Density } from '@/server/domain/lists';

export interface Column<Row> {
  id: string;
  /** Names the column; a money column names its currency here, once: "Doanh thu (đ)". */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Width in px; columns without one share what is left. */
  width?: number;
  /** Least width of a column that shares, 120 when left out. */
  minWidth?: number;
  /** Sentences: where a row is a card, they stand under the column's name and not at the end of its line. */
  long?: boolean;
  /** Figures stand right and tabular. */
  align?: 'start' | 'end';
  sortable?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Stays with the first column while others pass under it; wants a `width`. Those after the first that say so, in one row. */
  frozen?: boolean;
  /** Cannot be taken away; the first column never can. */
  fixed?: boolean;
  /** What stands under the column: the total of all that is filtered, not only of the rows loaded. */
  total?: ReactNode;
}

/** How a person arranged a table: what is not named stands as the table has it. Widths in px. */
export type TableLayout = {
  order?: readonly string[];
  /** How close the rows stand; as the place has it when left out. */
  density?: Density;
  shown?: Readonly<Record<string, boolean>>;
  widths?: Readonly<Record<string, number>>;
};

export type ArrangedTable<Row> = {
  /** All columns, in the order that was chosen. */
  all: Column<Row>[];
  /** Those that stand in the table, as wide as was chosen. */
  shown: Column<Row>[];
  layout: TableLayout;
  setLayout: (change: TableLayout | ((before: TableLayout) => TableLayout)) => void;
};

export interface Sort {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  /** The first column is the row's title, on phones the head of its card. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Names a row when it is selected or opened; the key when left out. */
  rowLabel?: (row: Row) => string;
  loading?: boolean;
  /** More rows are there; `onEndReached` is called as their place nears. */
  hasMore?: boolean;
  loadingMore?: boolean;
  onEndReached?: () => void;
  /** EmptyState for this list; a plain one when left out. */
  empty?: ReactNode;
  /** ErrorState in place of the rows. */
  error?: ReactNode;
  /** Rows that stand together under a head of their own, in the order in which they come. */
  group?: { keyOf: (row: Row) => string; head: (key: string) => ReactNode };
  selection?: { selected: ReadonlySet<string>; onChange: (selected: Set<string>) => void };
  /** Buttons shown while something is selected. */
  bulkActions?: ReactNode;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Opens a row beside the list: press or Enter. */
  onOpen?: (row: Row) => void;
  /** Gives a row an address of its own; the first cell then is a link. */
  hrefOf?: (row: Row) => string;
  /** Rows that came by themselves a moment ago. */
  arrived?: ReadonlySet<string>;
  /** The row that stands open beside the list. */
  openKey?: string | null;
  /** Keeps in this browser how the columns were arranged; they can be chosen only with it, or with `arranged`. */
  storageKey?: string;
  /** The arrangement, where its owner stands above: saved views and exports follow it too. */
  arranged?: ArrangedTable<Row>;
  /** What stands over the table is given elsewhere: nothing of it here. */
  bare?: boolean;
  /** Above the table, at the right: export. */
  toolbar?: ReactNode;
  /** Above the table, at the left: how many there are. */
  caption?: ReactNode;
  /** Tailwind class of the greatest height; the table scrolls inside it. */
  maxHeight?: string;
}
