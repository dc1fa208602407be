import type { DataTableProps } from './data-table-types';

/** Of a row with the head over it, where a group begins with it: what is scrolled past is both. */
export function heightOf(row: HTMLTableRowElement): number {
  const head = row.previousElementSibling;
  const above = head instanceof HTMLTableRowElement && 'groupHead' in head.dataset ? head.offsetHeight : 0;
  return Math.round(row.getBoundingClientRect().height) + above;
}

type Props<Row> = Pick<DataTableProps<Row>, 'group'> & { row: Row; before: Row | undefined; span: number };

/** What a row and those after it have in common, with their sums; nothing where the row before it has it too. */
export function GroupHead<Row>({ group, row, before, span }: Props<Row>) {
  if (!group || (before !== undefined && group.keyOf(before) === group.keyOf(row))) return null;
  return (
    <tr {...{ role: 'row', 'data-group-head': '' }} className="bg-sunken max-sm:block">
      <th
        {...{ role: 'rowheader' }}
        scope="rowgroup"
        colSpan={span}
        className="h-(--row-h) border-b px-(--cell-px) text-left text-xs font-normal text-ink-2 max-sm:block max-sm:h-auto max-sm:px-4 max-sm:py-2"
      >
        {group.head(group.keyOf(row))}
      </th>
    </tr>
  );
}
