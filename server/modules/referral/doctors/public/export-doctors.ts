import { phoneText } from '@/server/domain/phone';
import type { ListExport } from '@/server/modules/core/lists/schema';
import { listDoctors } from '../queries';
import { type DoctorListRow, listDoctorsInput } from '../schema';

const stateOf = ({ active, phone, email }: DoctorListRow) =>
  active ? (phone || email ? 'active' : 'noChannel') : 'inactive';

/** The list of referring doctors as a file. */
export const exportDoctors: ListExport<DoctorListRow> = {
  namespace: 'doctors',
  title: (t) => t('title'),
  columns: [
    { id: 'name', header: (t) => t('columns.name'), cell: (row) => row.name },
    { id: 'code', header: (t) => t('columns.code'), cell: (row) => row.code },
    { id: 'phone', header: (t) => t('columns.phone'), cell: (row) => (row.phone ? phoneText(row.phone) : null) },
    { id: 'email', header: (t) => t('columns.email'), cell: (row) => row.email },
    { id: 'plan', header: (t) => t('columns.plan'), cell: (row, t) => row.plan ?? t('noPlan') },
    { id: 'state', header: (t) => t('columns.state'), cell: (row, t) => t(stateOf(row)) },
  ],
  read: ({ fields }) => {
    const asked = listDoctorsInput.parse(fields);
    return (page) => listDoctors({ ...asked, ...page });
  },
};
