import { z } from 'zod';
import { line, lineOrNull } from '@/server/domain/fields';
import type { Method } from '@/server/modules/sales/orders/schema';

export const REFUND_KINDS = ['refund', 'void'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

const most = 1_000_000_000_000n;

/** By its id, or by its number as a receipt says it. */
export const givingBackInput = z.union([z.object({ orderId: z.uuid() }), z.object({ number: line('code') })]);
export type GivingBackInput = z.output<typeof givingBackInput>;

export const orderOfRefunds = z.object({ orderId: z.uuid() });

export const giveBackInput = z.object({
  /** Made by the screen before it asks; the same key again answers the same refund. */
  clientKey: z.uuid(),
  orderId: z.uuid(),
  /** void: the whole order, before any work has begun; its lines need not be named. */
  kind: z.enum(REFUND_KINDS),
  lines: z
    .array(z.object({ position: z.int().min(1).max(1_000), amount: z.bigint().min(0n).max(most) }))
    .max(100)
    .default([]),
  /** How the money goes back: what came that way, each method once. */
  payments: z
    .array(
      z.object({
        method: z.enum(['cash', 'card', 'transfer']),
        amount: z.bigint().min(1n).max(most),
        reference: lineOrNull('reference').optional(),
      }),
    )
    .max(3)
    .default([]),
  reason: line('reason'),
  approvalId: z.uuid().nullish(),
});
export type GiveBackRequest = z.output<typeof giveBackInput>;

/** What was given back. Minor units. */
export type GivenBack = {
  refundId: string;
  orderId: string;
  number: string;
  kind: RefundKind;
  currency: string;
  total: bigint;
  /** What of it was money. */
  paidBack: bigint;
  /** What of that left the drawer in cash, as notes make it. */
  handed: bigint;
  replayed: boolean;
};

/** How an order was paid by one method, and what of it can go back. `handedBack` is what the drawer has given of it. */
export type TenderLeft = {
  method: Method;
  taken: bigint;
  rounding: bigint;
  back: bigint;
  handedBack: bigint;
  left: bigint;
};

export type LineLeft = {
  position: number;
  code: string;
  nameVi: string;
  nameEn: string;
  net: bigint;
  given: bigint;
  left: bigint;
  /** False where nothing of it is left, also of what came to nothing. */
  open: boolean;
};

/** What forbids giving back at all, and why an order cannot be voided; null where nothing does. */
export type Forbidden = 'voided' | 'nothing_left';
export type NoVoid = 'voided' | 'refunded' | 'day_over';
/** What somebody should know before giving back; nothing of it forbids. */
export type GivingBackNote = 'other_branch' | 'no_shift' | 'statement_sealed' | 'on_account' | 'not_paid';

/** All that a screen needs to say what giving back of an order would do, before it is tried. Minor units. */
export type GivingBack = {
  orderId: string;
  number: string;
  orderedAt: Date;
  branchCode: string;
  patientName: string;
  patientCode: string;
  currency: string;
  terms: 'account' | 'immediate';
  netTotal: bigint;
  given: bigint;
  /** Still owed at the counter: let go before any money goes back. */
  owed: bigint;
  lines: LineLeft[];
  tenders: TenderLeft[];
  /** The caller's open shift, which pays; its till. */
  till: { code: string; name: string } | null;
  /** What one person alone may give back of an order, and what has been. */
  limit: bigint;
  alone: bigint;
  ownSale: boolean;
  forbidden: Forbidden | null;
  noVoid: NoVoid | null;
  notes: GivingBackNote[];
};

/** A refund as the page of its order shows it. */
export type OrderRefund = {
  id: string;
  kind: RefundKind;
  at: Date;
  reason: string;
  total: bigint;
  paidBack: bigint;
  byName: string | null;
  approvedByName: string | null;
  branchCode: string | null;
  tillCode: string | null;
  lines: { position: number; amount: bigint }[];
};
