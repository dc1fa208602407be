import { z } from 'zod';
import { amount, instant, letterhead, percent, words } from '../paper/words';

/** Everything a receipt shows, frozen when the order was paid. Amounts are minor units of `currency`. */
export const receiptView = z
  .object({
    currency: z.string().length(3),
    timeZone: z.string(),
    /** Also the document's creation date, so that equal snapshots give equal bytes. */
    issuedAt: instant,
    organisation: letterhead,
    branch: z.object({ name: words, address: words, phone: z.string().nullable() }),
    order: z.object({
      number: z.string().min(1),
      orderedAt: instant,
      cashier: z.string(),
      till: z.string().nullable(),
    }),
    patient: z.object({ name: z.string(), code: z.string().nullable(), birthYear: z.number().int().nullable() }),
    /** The corporate payer. */
    customer: z.object({ name: z.string(), taxCode: z.string().nullable() }).nullable(),
    doctor: z.string().nullable(),
    /** Whether the reader may learn the prices: what a company pays is between it and the laboratory. */
    priced: z.boolean(),
    lines: z.array(
      z.object({
        code: z.string(),
        name: words,
        listPrice: amount,
        discountPercent: percent.nullable(),
        discount: amount,
        net: amount,
      }),
    ),
    totals: z.object({ list: amount, discount: amount, net: amount }),
    vat: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('exempt') }),
        z.object({ kind: z.literal('included'), rate: percent, amount }),
      ])
      .nullable(),
    /** Cash as it was handed over: the change is below. */
    tenders: z.array(
      z.object({
        kind: z.enum(['cash', 'card', 'transfer', 'account']),
        amount,
        reference: z.string().nullable(),
        /** When it came in, where that was not with the sale, or not all of it. */
        paidAt: instant.optional(),
      }),
    ),
    /** What cash was rounded by; absent in what was frozen before cash was rounded. */
    rounding: amount.default('0'),
    change: amount,
    due: amount,
    /** What was given back of an order that was sold before; null on the receipt of a sale. Lines and sums are then what went back. */
    refund: z
      .object({ kind: z.enum(['refund', 'void']), soldAt: instant, reason: z.string() })
      .nullable()
      .default(null),
    note: words.nullable(),
    qr: z.object({ url: z.string(), caption: words }).nullable(),
    /** 0 for the original, then the number of the reprint. */
    copy: z.number().int().min(0),
  })
  .readonly();
export type ReceiptView = z.infer<typeof receiptView>;
