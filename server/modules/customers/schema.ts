import { z } from 'zod';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .nullish()
    .transform((value) => value || null);

/** One row of `customers.csv`: a corporate customer by code. */
export const customerRow = z.object({
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(200),
  tier: z.enum(['standard', 'vip1', 'svip1', 'svip2']).default('standard'),
  tax_code: text(30),
  email: text(200).pipe(z.email().nullable()),
  phone: text(30),
});
export type CustomerRow = z.infer<typeof customerRow>;
