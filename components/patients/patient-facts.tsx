import { Code } from '@/components/ui/code';
import { DayText } from '@/components/ui/date-time';
import { phoneText } from '@/server/domain/phone';
import type { PatientRow } from '@/server/modules/sales/patients/schema';

/** A patient in a list of suggestions: name first, then what distinguishes two of one name. */
export function PatientFacts({ patient }: { patient: Pick<PatientRow, 'fullName' | 'dob' | 'phone' | 'code'> }) {
  return (
    <span className="block min-w-0">
      <span className="block truncate font-medium">{patient.fullName}</span>
      <span className="tabular flex flex-wrap gap-x-3 text-xs text-ink-3">
        <DayText value={patient.dob} />
        <span>{phoneText(patient.phone)}</span>
        <Code>{patient.code}</Code>
      </span>
    </span>
  );
}
