import { z } from 'zod';
import { choiceOr, code, emailOrNull, line, lineOrNull, numberOrNull, phoneOrNull } from '@/server/domain/fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { PERCENT_RULE } from '@/server/domain/number';
import type { STATEMENT_STATES } from '@/server/domain/states';
import { pageInput, sortInput } from '@/server/platform/paging';

/** One row of `doctors.csv`: a referring doctor by code; the phone as `phoneNumber` keeps it, the tax rate in percent. */
export const doctorRow = z.object({
  code: code(),
  name: line('name'),
  phone: phoneOrNull,
  email: emailOrNull,
  language: choiceOr(['vi', 'en'], 'vi'),
  plan: lineOrNull('code'),
  tax_rate: numberOrNull(PERCENT_RULE).transform((rate) => rate ?? '0'),
});
export type DoctorRow = z.infer<typeof doctorRow>;

/** What a list of doctors can be sorted by; `name` by its letters without accents. */
export const DOCTOR_SORTS = LIST_SORTS.doctors;
export const listDoctorsInput = pageInput.extend({ sort: sortInput(DOCTOR_SORTS) });
export const doctorId = z.object({ id: z.uuid() });

/** A doctor in a list; `taxRate` is decimal text, percent. */
export type DoctorListRow = {
  id: string;
  code: string;
  name: string;
  phone: string | null;
  email: string | null;
  plan: string | null;
  taxRate: string;
  active: boolean;
};

/** A band of a plan's rule in words for people: percent or minor units a line, from a running revenue on. */
export type DoctorRule = {
  id: string;
  kind: 'percent' | 'fixed';
  value: string;
  category: string;
  service: string | null;
  bandFrom: bigint;
  cap: bigint | null;
  validFrom: string;
  validTo: string | null;
  inForce: boolean;
};

/** A doctor with what the asker may see: rules and statements are null for who may not read statements. */
export type DoctorDetail = DoctorListRow & {
  language: 'vi' | 'en';
  currency: string;
  rules: DoctorRule[] | null;
  statements:
    | {
        id: string;
        month: string;
        state: (typeof STATEMENT_STATES)[number];
        base: bigint;
        payable: bigint;
        currency: string;
      }[]
    | null;
};
