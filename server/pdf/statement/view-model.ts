import { z } from 'zod';
import { amount, day, instant, letterhead, percent, words } from '../paper/words';

/** How a line's commission came about. `cap` is set only where it took effect. */
const rule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('percent'),
    /** One part for each band that the line falls into. */
    parts: z.array(z.object({ percent, base: amount })).min(1),
    cap: amount.nullable(),
  }),
  z.object({ kind: z.literal('fixed'), amount, cap: amount.nullable() }),
  z.object({ kind: z.literal('none') }),
]);
export type StatementRule = z.infer<typeof rule>;

const line = z.object({
  code: z.string(),
  name: words,
  kind: z.enum(['sale', 'refund']),
  base: amount,
  commission: amount,
  rule,
});
export type StatementLine = z.infer<typeof line>;

export const statementStates = ['draft', 'reviewed', 'approved', 'published', 'paid', 'superseded'] as const;

/** Everything a referring doctor's statement shows, frozen. Amounts are minor units of `currency`. */
export const statementView = z
  .object({
    currency: z.string().length(3),
    timeZone: z.string(),
    /** Also the document's creation date, so that equal snapshots give equal bytes. */
    issuedAt: instant,
    organisation: letterhead,
    statement: z.object({
      number: z.string().min(1),
      version: z.number().int().min(1),
      /** `YYYY-MM` */
      period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
      state: z.enum(statementStates),
    }),
    doctor: z.object({
      code: z.string(),
      name: z.string(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      plan: words.nullable(),
    }),
    sums: z.object({
      orders: z.number().int(),
      lines: z.number().int(),
      base: amount,
      commission: amount,
      adjustments: amount,
      carryForward: amount,
      taxRate: percent,
      taxThreshold: amount,
      tax: amount,
      payable: amount,
    }),
    categories: z.array(z.object({ name: words, lines: z.number().int(), base: amount, commission: amount })),
    days: z.array(
      z.object({
        day,
        orders: z.array(
          z.object({
            number: z.string(),
            reference: z.string().nullable(),
            patient: z.string(),
            lines: z.array(line),
          }),
        ),
      }),
    ),
    adjustments: z.array(z.object({ day, reason: words, amount, kind: z.enum(['adjustment', 'carry-forward']) })),
    /** `null` until the statement is approved. */
    seal: z.object({ hash: z.string().regex(/^[0-9a-f]{32,128}$/), verifyUrl: z.url(), sealedAt: instant }).nullable(),
  })
  .readonly();
export type StatementView = z.infer<typeof statementView>;
