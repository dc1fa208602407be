import type { ListExport } from '@/server/modules/core/lists/schema';
import { organisation } from '@/server/platform/organisation';
import { listStatements } from '../queries';
import { listStatementsInput, type StatementRow } from '../schema';

const SUMS = ['base', 'commission', 'carryForward', 'adjustments', 'tax', 'payable'] as const;

type Row = StatementRow & { currency: string };

/** A month's statements as a file. */
export const exportStatements: ListExport<Row> = {
  namespace: 'statements',
  title: (t) => t('list.title'),
  columns: [
    { id: 'doctor', header: (t) => t('columns.doctor'), cell: (row) => row.doctorName },
    { id: 'code', header: (t) => t('columns.code'), cell: (row) => row.doctorCode },
    { id: 'state', header: (t) => t('columns.state'), cell: (row, t) => t(`states.${row.state}`) },
    { id: 'orders', header: (t) => t('columns.orders'), cell: (row) => row.orders },
    { id: 'lines', header: (t) => t('columns.lines'), cell: (row) => row.lines },
    ...SUMS.map((id) => ({
      id,
      header: (t: (key: string) => string) => t(`columns.${id}`),
      cell: (row: Row) => ({ minor: row[id], currency: row.currency }),
    })),
    { id: 'currency', header: (t) => t('exportColumns.currency'), cell: (row) => row.currency },
  ],
  read: ({ fields }) => {
    const asked = listStatementsInput.parse(fields);
    return async (page) => {
      const { currency } = await organisation();
      const { rows, nextCursor } = await listStatements({ ...asked, ...page });
      return { rows: rows.map((row) => ({ ...row, currency })), nextCursor };
    };
  },
};
