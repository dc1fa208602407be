import type { ListExport } from '@/server/modules/core/lists/schema';
import { listShifts } from '../queries/shifts';
import { listShiftsInput, type ShiftRow } from '../schema';

const money = (row: ShiftRow, minor: bigint | null) => ({ minor, currency: row.currency });

const gapOf = ({ countedCash, expectedCash }: ShiftRow) =>
  countedCash === null || expectedCash === null ? null : countedCash - expectedCash;

/** The list of shifts as a file; what an open shift has taken stays blind here too. */
export const exportShifts: ListExport<ShiftRow> = {
  namespace: 'till',
  title: (t) => t('shifts.title'),
  columns: [
    { id: 'openedAt', header: (t) => t('shifts.openedAt'), cell: (row) => ({ at: row.openedAt }) },
    { id: 'closedAt', header: (t) => t('shifts.closedAt'), cell: (row) => ({ at: row.closedAt }) },
    { id: 'till', header: (t) => t('shifts.till'), cell: (row) => row.tillCode },
    { id: 'cashier', header: (t) => t('shifts.cashier'), cell: (row) => row.cashierName },
    { id: 'state', header: (t) => t('shifts.state'), cell: (row, t) => t(`shifts.states.${row.state}`) },
    { id: 'orders', header: (t) => t('shifts.orders'), cell: (row) => row.orders },
    {
      id: 'taken',
      header: (t) => t('exportColumns.taken'),
      cell: (row) => money(row, row.state === 'open' ? null : row.taken),
    },
    {
      id: 'counted',
      header: (t) => t('exportColumns.counted'),
      cell: (row) => money(row, row.countedCash),
    },
    { id: 'gap', header: (t) => t('exportColumns.gap'), cell: (row) => money(row, gapOf(row)) },
    { id: 'currency', header: (t) => t('exportColumns.currency'), cell: (row) => row.currency },
  ],
  read: ({ actor, fields }) => {
    const asked = listShiftsInput.parse(fields);
    return (page) => listShifts({ actor, ...asked, ...page });
  },
};
