import type { ListExport } from '@/server/modules/core/lists/schema';
import { listRuns } from '../queries';
import { listRunsInput, type RunRow } from '../schema';

const secondsOf = ({ startedAt, endedAt }: RunRow) =>
  endedAt ? Math.round((endedAt.getTime() - startedAt.getTime()) / 1_000) : null;

/** The list of background runs as a file. */
export const exportRuns: ListExport<RunRow> = {
  namespace: 'operations',
  title: (t) => t('runs'),
  columns: [
    { id: 'function', header: (t) => t('columns.function'), cell: (row) => row.functionId },
    { id: 'subject', header: (t) => t('columns.subject'), cell: (row) => row.subject?.label ?? null },
    { id: 'state', header: (t) => t('columns.state'), cell: (row, t) => t(`states.${row.state}`) },
    { id: 'tier', header: (t) => t('columns.tier'), cell: (row) => row.tier },
    { id: 'startedAt', header: (t) => t('columns.startedAt'), cell: (row) => ({ at: row.startedAt }) },
    { id: 'took', header: (t) => t('exportColumns.seconds'), cell: secondsOf },
    { id: 'attempts', header: (t) => t('columns.attempts'), cell: (row) => row.attempts },
    { id: 'error', header: (t) => t('columns.error'), cell: (row) => row.errorCode },
    { id: 'run', header: (t) => t('detail.runId'), cell: (row) => row.runId },
  ],
  read: ({ fields: { open, ...fields } }) => {
    const asked = listRunsInput.parse({ ...fields, open: open === 'true' });
    return (page) => listRuns({ ...asked, ...page });
  },
};
