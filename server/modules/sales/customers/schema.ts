import { z } from 'zod';
import { choiceOr, code, emailOrNull, line, lineOrNull, phoneOrNull } from '@/server/domain/fields';
import { TIERS } from '@/server/domain/tier';

/** One row of `customers.csv`: a corporate customer by code. */
export const customerRow = z.object({
  code: code(),
  name: line('name'),
  tier: choiceOr(TIERS, 'standard'),
  tax_code: lineOrNull('taxCode'),
  email: emailOrNull,
  phone: phoneOrNull,
});
export type CustomerRow = z.infer<typeof customerRow>;
