import { z } from 'zod';
import { pageInput } from '@/server/platform/paging';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .default('')
    .transform((value) => value || null);

/** One row of `doctors.csv`: a referring doctor by code; the phone in E.164, the tax rate in percent. */
export const doctorRow = z.object({
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(200),
  phone: text(30).pipe(
    z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/)
      .nullable(),
  ),
  email: text(200).pipe(z.email().nullable()),
  language: z.enum(['vi', 'en']).default('vi'),
  plan: text(40),
  tax_rate: z.coerce.number().min(0).max(100).default(0),
});
export type DoctorRow = z.infer<typeof doctorRow>;

export const listDoctorsInput = pageInput;
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
  statements: { id: string; month: string; state: string; base: bigint; payable: bigint; currency: string }[] | null;
};
