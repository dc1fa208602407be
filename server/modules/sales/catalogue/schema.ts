import { z } from 'zod';
import { CAPS } from '@/server/domain/caps';
import { choice, choiceOr, code, line, numberOrNull } from '@/server/domain/fields';
import { plainLine } from '@/server/domain/text';

const years = numberOrNull({ decimals: 0, most: '150' }).transform((value) => (value === null ? null : Number(value)));

const COMPONENTS = z.string().max(CAPS.cell, 'too_long');

/** One row of `catalogue.csv`: a service by code. `components` are codes joined by `|`; ages are whole years, inclusive. */
export const serviceRow = z.object({
  code: code(),
  name_vi: line('name'),
  name_en: line('name'),
  kind: choice(['test', 'imaging', 'package', 'home-kit']),
  category: line('title'),
  components: COMPONENTS.nullish().transform((value) =>
    [...new Set((value ?? '').split('|').map(plainLine))].filter(Boolean),
  ),
  sex: choiceOr(['any', 'female', 'male'], 'any'),
  min_age: years,
  max_age: years,
  active: choiceOr(['true', 'false'], 'true').transform((value) => value === 'true'),
});
export type ServiceRow = z.infer<typeof serviceRow>;
