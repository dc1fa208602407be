import { phoneText } from '@/server/domain/phone';
import type { ListExport } from '@/server/modules/core/lists/schema';
import { listPatients } from '../queries';
import { listPatientsInput, type PatientRow } from '../schema';

/** The list of patients as a file. */
export const exportPatients: ListExport<PatientRow> = {
  namespace: 'patients',
  title: (t) => t('title'),
  columns: [
    { id: 'name', header: (t) => t('columns.name'), cell: (row) => row.fullName },
    { id: 'code', header: (t) => t('columns.code'), cell: (row) => row.code },
    { id: 'dob', header: (t) => t('columns.dob'), cell: (row) => ({ day: row.dob }) },
    { id: 'sex', header: (t) => t('columns.sex'), cell: (row, t) => t(`sex.${row.sex}`) },
    { id: 'phone', header: (t) => t('columns.phone'), cell: (row) => phoneText(row.phone) },
    { id: 'createdAt', header: (t) => t('columns.createdAt'), cell: (row) => ({ at: row.createdAt }) },
  ],
  read: ({ fields }) => {
    const asked = listPatientsInput.parse(fields);
    return (page) => listPatients({ ...asked, ...page });
  },
};
