import { z } from 'zod';
import { lineOrNull, searchText } from '@/server/domain/fields';
import { METHODS, type Method } from '@/server/modules/sales/orders/schema';

const amount = z.bigint().min(1n).max(1_000_000_000_000n);

export const takeBalanceInput = z.object({
  /** Made by the till before it asks; the same key again answers the same act. */
  clientKey: z.uuid(),
  orderId: z.uuid(),
  shiftId: z.uuid().nullish(),
  /** Some of it stays owed. */
  part: z.boolean().default(false),
  /** What was owed on the screen; where it is another sum by now nothing is taken. */
  expectedDue: amount,
  payments: z
    .array(
      z.object({
        method: z.enum(METHODS),
        amount,
        tendered: amount.nullish(),
        reference: lineOrNull('reference').optional(),
      }),
    )
    .min(1)
    .max(10),
});
export type BalanceToTake = z.output<typeof takeBalanceInput>;

/** What the till shows after a balance was taken. Minor units. */
export type TakenBalance = {
  orderId: string;
  number: string;
  currency: string;
  netTotal: bigint;
  /** What had come in before. */
  paidBefore: bigint;
  /** What of the total was settled by this act. */
  paid: bigint;
  /** What cash was rounded by: the drawer got as much more than was settled, or less where negative. */
  rounding: bigint;
  change: bigint;
  due: bigint;
  settled: boolean;
  /** This key had taken it already: nothing was written now. */
  replayed: boolean;
};

/** How many orders are shown that owe something. */
export const OWED_SHOWN = 12;

/** By what is printed (an order's number, accession or label), by that or a patient's words, by a patient, or by the order itself; without any the branch's newest. */
export const owedInput = z.object({
  code: searchText.optional(),
  search: searchText.optional(),
  patientId: z.uuid().optional(),
  orderId: z.uuid().optional(),
});
export type OwedInput = z.output<typeof owedInput>;

/** An order of which something is owed. Minor units; `dob` is YYYY-MM-DD. */
export type OwedOrder = {
  id: string;
  number: string;
  orderedAt: Date;
  branchId: string;
  branchNameVi: string;
  branchNameEn: string;
  patientId: string;
  patientName: string;
  patientCode: string;
  dob: string;
  currency: string;
  netTotal: bigint;
  paid: bigint;
  due: bigint;
  payments: { id: string; method: Method; amount: bigint; paidAt: Date }[];
};

/** An order of which nothing is owed, where it was asked for by its very number: what became of it. */
export type NotOwed = { id: string; number: string; state: 'paid' | 'account' | 'voided'; own: boolean };

export type Owed = { orders: OwedOrder[]; notOwed: NotOwed | null };
