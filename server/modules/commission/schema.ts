import { z } from 'zod';
import { calendarDay } from '@/server/platform/clock';

const day = calendarDay;

/** One row of `commission-plans.csv`. Percent or minor units a line; bands and caps in minor units. */
export const planRow = z.object({
  plan: z.string().trim().min(1).max(40),
  valid_from: day,
  valid_to: z
    .union([day, z.literal('')])
    .default('')
    .transform((value) => value || null),
  category: z.string().trim().min(1).max(60),
  service_code: z
    .string()
    .trim()
    .default('')
    .transform((value) => value || null),
  kind: z.enum(['percent', 'fixed']),
  value: z
    .string()
    .trim()
    .regex(/^\d{1,10}(\.\d{1,4})?$/),
  band_from: z
    .string()
    .trim()
    .regex(/^\d{0,15}$/)
    .default('')
    .transform((value) => value || '0'),
  cap_per_line: z
    .string()
    .trim()
    .regex(/^\d{0,15}$/)
    .default('')
    .transform((value) => value || null),
});
export type PlanRow = z.infer<typeof planRow>;
