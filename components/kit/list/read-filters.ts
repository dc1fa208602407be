import type { z } from 'zod';

/** Rows of a page: three screens full, so that who reads on seldom waits. */
export const PAGE_ROWS = 100;

export type AddressParams = Record<string, string | string[] | undefined>;

/**
 * The filters of an address as a procedure takes them: `fields` names the field of each parameter. What does not fit is left
 * out, so that a mangled link still opens.
 */
export function readFilters<Shape extends z.ZodObject>(
  schema: Shape,
  fields: Readonly<Record<string, string>>,
  params: AddressParams,
): z.output<Shape> {
  const given: Record<string, string> = {};
  for (const [param, field] of Object.entries(fields)) {
    const asked = params[param];
    const value = typeof asked === 'string' ? asked.trim() : '';
    if (value === '') continue;
    if (schema.safeParse({ [field]: value }).success) given[field] = value;
  }
  return schema.parse(given);
}
