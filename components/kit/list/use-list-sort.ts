'use client';

import type { Sort } from '@/components/ui/data-table-types';
import { useUrlFilters } from '@/components/ui/use-url-filters';

export const SORT_PARAM = 'sort';

/** `name` ascends, `-name` descends: the order of a list as its address has it. */
export const readSort = (text: string): Sort | undefined =>
  text === ''
    ? undefined
    : text.startsWith('-')
      ? { column: text.slice(1), direction: 'descending' }
      : { column: text, direction: 'ascending' };

export const writeSort = ({ column, direction }: Sort): string => `${direction === 'descending' ? '-' : ''}${column}`;

/** The order of a list, in its address; without one the list has the order that it came with, `usual`. */
export function useListSort(usual: string): { sort: Sort | undefined; onSort: (sort: Sort) => void } {
  const { get, set } = useUrlFilters();
  return {
    sort: readSort(get(SORT_PARAM) || usual),
    onSort: (sort) => {
      const text = writeSort(sort);
      set({ [SORT_PARAM]: text === usual ? '' : text });
    },
  };
}
