import { z } from 'zod';

export type Language = 'vi' | 'en';

/** Minor units as a decimal string: snapshots are JSON, and money is never a float. */
export const amount = z.string().regex(/^-?\d+$/);
export type Amount = z.infer<typeof amount>;

/** A percentage as written, such as `12.5`. */
export const percent = z.string().regex(/^-?\d+(\.\d+)?$/);

/** The same words in both languages, so that both documents come from one snapshot. */
export const words = z.object({ vi: z.string(), en: z.string() });

/** A day of the organisation's calendar, `YYYY-MM-DD`. */
export const day = z.iso.date();
/** An instant in UTC. */
export const instant = z.iso.datetime();

export const letterhead = z.object({
  name: words,
  address: words,
  phone: z.string().nullable(),
  email: z.string().nullable(),
  website: z.string().nullable(),
  taxCode: z.string().nullable(),
  /** The operating licence that a medical facility prints on its papers. */
  licence: words.nullable(),
});
