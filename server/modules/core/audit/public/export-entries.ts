import type { ListExport } from '@/server/modules/core/lists/schema';
import { listEntries } from '../queries';
import { type EntryRow, listEntriesInput } from '../schema';

/** The audit trail as a file: acts and things by the names that the trail has for them, which no language changes. */
export const exportEntries: ListExport<EntryRow> = {
  namespace: 'audit',
  title: (t) => t('title'),
  columns: [
    { id: 'at', header: (t) => t('columns.at'), cell: (row) => ({ at: row.at }) },
    { id: 'actor', header: (t) => t('columns.actor'), cell: (row) => row.actorName ?? row.actorKind },
    { id: 'action', header: (t) => t('columns.action'), cell: (row) => row.action },
    { id: 'entity', header: (t) => t('columns.entity'), cell: (row) => row.entity },
    { id: 'label', header: (t) => t('columns.label'), cell: (row) => row.label },
    { id: 'entityId', header: (t) => t('columns.entityId'), cell: (row) => row.entityId },
    { id: 'branch', header: (t) => t('columns.branch'), cell: (row) => row.branchCode },
  ],
  read: ({ fields }) => {
    const asked = listEntriesInput.parse(fields);
    return (page) => listEntries({ ...asked, ...page });
  },
};
