import { z } from 'zod';

const years = z
  .string()
  .trim()
  .regex(/^\d{0,3}$/)
  .nullish()
  .transform((value) => (value ? Number(value) : null));

/** One row of `catalogue.csv`: a service by code. `components` are codes joined by `|`; ages are whole years, inclusive. */
export const serviceRow = z.object({
  code: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[^|]+$/),
  name_vi: z.string().trim().min(1).max(200),
  name_en: z.string().trim().min(1).max(200),
  kind: z.enum(['test', 'imaging', 'package', 'home-kit']),
  category: z.string().trim().min(1).max(60),
  components: z
    .string()
    .nullish()
    .transform((value) => [...new Set((value ?? '').split('|').map((code) => code.trim()))].filter(Boolean)),
  sex: z.enum(['any', 'female', 'male']).default('any'),
  min_age: years,
  max_age: years,
  active: z
    .string()
    .trim()
    .toLowerCase()
    .default('true')
    .pipe(z.enum(['true', 'false']))
    .transform((value) => value === 'true'),
});
export type ServiceRow = z.infer<typeof serviceRow>;
