import { z } from 'zod';
import { SHORTEST_NAME } from '@/server/domain/caps';
import { emailOrNull, line, lineOrNull, mobile, searchText } from '@/server/domain/fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { calendarDay } from '@/server/platform/clock';
import { pageInput, sortInput } from '@/server/platform/paging';

export const SEXES = ['female', 'male'] as const;
export type Sex = (typeof SEXES)[number];

// No zone is further ahead: what is tomorrow in the organisation's is refused where that is known, in `registerPatient`.
const isPast = (day: string) =>
  day >= '1900-01-01' && day <= new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);

/** What the counter asks of a new patient. The phone is taken in any form and kept in E.164; `dob` is YYYY-MM-DD. */
export const registerPatientInput = z.object({
  fullName: line('personName').pipe(z.string().min(SHORTEST_NAME, 'too_short')),
  dob: calendarDay.refine(isPast, { message: 'bad_date' }),
  sex: z.enum(SEXES),
  phone: mobile,
  email: emailOrNull.optional(),
  address: lineOrNull('address').optional(),
});
export type RegisterPatient = z.output<typeof registerPatientInput>;

export const findPatientsInput = z.object({
  search: searchText,
  limit: z.number().int().min(1).max(20).default(8),
});
/** What a list of patients can be sorted by; `name` by its letters without accents. */
export const PATIENT_SORTS = LIST_SORTS.patients;
export const listPatientsInput = pageInput.extend({ sort: sortInput(PATIENT_SORTS) });
export const patientId = z.object({ id: z.uuid() });

/** A patient in a list. `dob` is YYYY-MM-DD, `phone` E.164. */
export type PatientRow = {
  id: string;
  code: string;
  fullName: string;
  dob: string;
  sex: Sex;
  phone: string;
  createdAt: Date;
};

/** Who was registered, or who was there already, as the record has it: it may differ from what was typed. */
export type RegisteredPatient = PatientRow & { isNew: boolean };

export type PatientDetail = PatientRow & {
  email: string | null;
  address: string | null;
  orders: {
    id: string;
    number: string;
    orderedAt: Date;
    branchNameVi: string;
    branchNameEn: string;
    netTotal: bigint;
    currency: string;
    state: string;
    /** What is still owed. */
    due: bigint;
  }[];
  /** What was done for the patient lately, each service once, the latest first. */
  services: { code: string; nameVi: string; nameEn: string; orderedAt: Date; orderId: string }[];
};
