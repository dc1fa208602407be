import { z } from 'zod';
import { line, noteOrNull } from '@/server/domain/fields';
import { cartService } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import type { PayerRow, ReferrerRow } from '@/server/modules/sales/till/schema';

/** A cart as it is put aside: ids, codes and percentages, and what was noted. */
export const holdSaleInput = z.object({
  /** The key of the cart, under which it will be sold. */
  id: z.uuid(),
  name: line('personName'),
  patientId: z.uuid().nullish(),
  customerId: z.uuid().nullish(),
  doctorId: z.uuid().nullish(),
  onAccount: z.boolean().default(false),
  payLater: z.boolean().default(false),
  services: z.array(cartService).max(100),
  note: noteOrNull('note').optional(),
});
export type SaleToHold = z.output<typeof holdSaleInput>;
export const heldSaleId = z.object({ id: z.uuid() });

/** What waits, for who looks for it. Minor units; the total is today's price, null where not everything has one. */
export type HeldSaleRow = {
  id: string;
  name: string;
  patientName: string | null;
  codes: string[];
  total: bigint | null;
  currency: string | null;
  heldAt: Date;
  heldByName: string;
  tillCode: string | null;
  /** Who has it on the screen of which till; null where it waits. */
  takenBy: { name: string; till: string; self: boolean } | null;
};

/** A cart as it was put aside, for the till that took it. */
export type TakenSale = {
  id: string;
  name: string;
  patient: PatientRow | null;
  payer: PayerRow | null;
  doctor: ReferrerRow | null;
  onAccount: boolean;
  payLater: boolean;
  services: { code: string; discountPercent: string }[];
  note: string | null;
};

/** A held sale lapses so many hours after it was put aside. */
export const HELD_HOURS = 24;
