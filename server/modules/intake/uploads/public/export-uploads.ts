import type { ListExport } from '@/server/modules/core/lists/schema';
import { listUploads } from '../queries';
import { listUploadsInput, type UploadRow } from '../schema';

/** The list of uploads as a file. */
export const exportUploads: ListExport<UploadRow> = {
  namespace: 'uploads',
  title: (t) => t('title'),
  columns: [
    { id: 'fileName', header: (t) => t('columns.fileName'), cell: (row) => row.fileName },
    { id: 'state', header: (t) => t('columns.state'), cell: (row, t) => t(`states.${row.state}`) },
    { id: 'rows', header: (t) => t('columns.rows'), cell: (row) => row.rows },
    { id: 'valid', header: (t) => t('columns.valid'), cell: (row) => row.valid },
    { id: 'invalid', header: (t) => t('columns.invalid'), cell: (row) => row.invalid },
    {
      id: 'netTotal',
      header: (t) => t('exportColumns.netTotal'),
      cell: (row) => ({ minor: row.netTotal, currency: row.currency }),
    },
    { id: 'currency', header: (t) => t('exportColumns.currency'), cell: (row) => row.currency },
    { id: 'tier', header: (t) => t('columns.lane'), cell: (row) => row.tier },
    { id: 'createdAt', header: (t) => t('columns.createdAt'), cell: (row) => ({ at: row.createdAt }) },
    { id: 'createdBy', header: (t) => t('columns.createdBy'), cell: (row) => row.createdByName },
  ],
  read: ({ actor, fields }) => {
    const asked = listUploadsInput.parse(fields);
    return (page) => listUploads({ actor, ...asked, ...page });
  },
};
