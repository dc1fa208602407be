import type { ListExport } from '@/server/modules/core/lists/schema';
import { pageInput } from '@/server/platform/paging';
import type { BoxMessage } from '../schema';
import { openBox } from '../use-cases/open-box';

/** The message box as a file; opened as the box is, with its record and without codes where the portal is public. */
export const exportMessages: ListExport<BoxMessage> = {
  namespace: 'notifications',
  title: (t) => t('label'),
  columns: [
    { id: 'to', header: (t) => t('columns.to'), cell: (row) => row.to },
    { id: 'at', header: (t) => t('columns.at'), cell: (row) => ({ at: row.at }) },
    {
      id: 'text',
      header: (t) => t('columns.text'),
      cell: (row) => [row.subject, row.text].filter(Boolean).join(' · '),
    },
  ],
  read: ({ actor, fields }) => {
    const { search, only } = pageInput.parse(fields);
    return (page) => openBox({ actor, search, only, ...page });
  },
};
