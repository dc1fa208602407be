import { z } from 'zod';
import { calendarDay } from '@/server/platform/clock';
import { pageInput } from '@/server/platform/paging';
import { mobileNumber } from './rules';

export const SEXES = ['female', 'male'] as const;
export type Sex = (typeof SEXES)[number];

const isPast = (day: string) =>
  day >= '1900-01-01' && day <= new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);

/** What the counter asks of a new patient. The phone is taken in any form and kept in E.164; `dob` is YYYY-MM-DD. */
export const registerPatientInput = z.object({
  fullName: z.string().trim().min(2).max(120),
  dob: calendarDay.refine(isPast, { message: 'bad_date' }),
  sex: z.enum(SEXES),
  phone: z.string().transform((written, check) => {
    const phone = mobileNumber(written);
    if (phone) return phone;
    check.addIssue({ code: 'custom', message: 'bad_phone' });
    return z.NEVER;
  }),
  email: z.union([z.literal(''), z.email()]).nullish(),
  address: z.string().trim().max(300).nullish(),
});
export type RegisterPatient = z.output<typeof registerPatientInput>;

export const findPatientsInput = z.object({
  search: z.string().trim().max(100),
  limit: z.number().int().min(1).max(20).default(8),
});
export const listPatientsInput = pageInput;
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

export type PatientDetail = PatientRow & {
  email: string | null;
  address: string | null;
  orders: {
    id: string;
    number: string;
    orderedAt: Date;
    branchName: string;
    netTotal: bigint;
    currency: string;
    state: string;
  }[];
};
