import type { ExportFormat, ListName } from '@/server/domain/lists';

/** What the list asked its procedure for. */
export type AskedFields = Readonly<Record<string, unknown>>;

/** Of a page rather than of the list. */
const OF_A_PAGE = new Set(['cursor', 'limit', 'direction', 'only']);

/** Where a list is to be had as a file: what it asked for, with these columns; `only` these rows, where some are selected. */
export function exportAddress(
  list: ListName,
  format: ExportFormat,
  asked: AskedFields,
  { columns, only = [] }: { columns: readonly string[]; only?: readonly string[] },
): string {
  const query = new URLSearchParams({ format, columns: columns.join(',') });
  for (const [field, value] of Object.entries(asked)) {
    if (OF_A_PAGE.has(field) || value === undefined || value === null || value === '' || value === false) continue;
    query.set(field, String(value));
  }
  if (only.length > 0) query.set('only', only.join(','));
  return `/api/lists/${list}/export?${query}`;
}
