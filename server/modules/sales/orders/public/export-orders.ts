import type { ListExport } from '@/server/modules/core/lists/schema';
import { listOrders } from '../queries/orders';
import { listOrdersInput, type OrderRow } from '../schema';

/** The list of orders as a file. */
export const exportOrders: ListExport<OrderRow> = {
  namespace: 'orders',
  title: (t) => t('title'),
  columns: [
    { id: 'number', header: (t) => t('columns.number'), cell: (row) => row.number },
    { id: 'orderedAt', header: (t) => t('columns.orderedAt'), cell: (row) => ({ at: row.orderedAt }) },
    { id: 'patient', header: (t) => t('columns.patient'), cell: (row) => row.patientName },
    { id: 'customer', header: (t) => t('columns.customer'), cell: (row, t) => row.customerName ?? t('selfPaid') },
    { id: 'doctor', header: (t) => t('columns.doctor'), cell: (row) => row.doctorName },
    { id: 'branch', header: (t) => t('columns.branch'), cell: (row) => row.branchCode },
    { id: 'source', header: (t) => t('columns.source'), cell: (row, t) => t(`sources.${row.source}`) },
    { id: 'lines', header: (t) => t('columns.lines'), cell: (row) => row.lineCount },
    { id: 'state', header: (t) => t('columns.state'), cell: (row, t) => t(`states.${row.state}`) },
    {
      id: 'due',
      header: (t) => t('exportColumns.due'),
      cell: (row) => ({ minor: row.due, currency: row.currency }),
    },
    {
      id: 'net',
      header: (t) => t('exportColumns.net'),
      cell: (row) => ({ minor: row.netTotal, currency: row.currency }),
    },
    { id: 'currency', header: (t) => t('exportColumns.currency'), cell: (row) => row.currency },
  ],
  read: ({ actor, fields }) => {
    const asked = listOrdersInput.parse(fields);
    return (page) => listOrders({ actor, ...asked, ...page });
  },
};
