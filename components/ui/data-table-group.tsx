import type { ReactNode } from 'react';

/** Of a row with the head over it, where a group begins with it: what is scrolled past is both. */
export function heightOf(row: HTMLTableRowElement): number {
  const head = row.previousElementSibling;
  const above = head instanceof HTMLTableRowElement && 'groupHead' in head.dataset ? head.offsetHeight : 0;
  return Math.round(row.getBoundingClientRect().height) + above;
}

/** What the rows under it have in common, with their sums. */
export function GroupHead({ span, children }: { span: number; children: ReactNode }) {
  return (
    <tr {...{ role: 'row', 'data-group-head': '' }} className="bg-sunken max-sm:block">
      <th
        {...{ role: 'rowheader' }}
        scope="rowgroup"
        colSpan={span}
        className="h-(--row-h) border-b px-(--cell-px) text-left text-xs font-normal text-ink-2 max-sm:block max-sm:h-auto max-sm:px-4 max-sm:py-2"
      >
        {children}
      </th>
    </tr>
  );
}
