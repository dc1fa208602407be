import { z } from 'zod';
import { email, noteOrNull } from '@/server/domain/fields';

export const APPROVAL_KINDS = ['give-back', 'discount'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];
export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'lapsed';

export const approvalId = z.object({ id: z.uuid() });

/** Who refuses says why. */
export const decideApprovalInput = z
  .object({ id: z.uuid(), approve: z.boolean(), answer: noteOrNull('reason') })
  .refine(({ approve, answer }) => approve || answer, { message: 'required', path: ['answer'] });

/** The second person's own sign-in, in the first one's dialog. */
export const approveHereInput = z.object({ id: z.uuid(), email, password: z.string().min(1).max(200) });

/** What is asked, as it is compared when it is used: lines as position and amount, payments as method and amount. */
export type AskedRefund = {
  kind: 'refund' | 'void';
  lines: [position: number, amount: number][];
  payments: [method: 'cash' | 'card' | 'transfer', amount: number][];
};

/** Something that waits for a decision: what, by whom, for whom, why. */
export type WaitingApproval = {
  id: string;
  kind: ApprovalKind;
  askedAt: Date;
  askedByName: string;
  reason: string;
  amount: bigint;
  currency: string;
  request: AskedRefund;
  order: {
    id: string;
    number: string;
    branchCode: string;
    patientName: string;
    patientCode: string;
    lines: { position: number; nameVi: string; nameEn: string }[];
  } | null;
};

/** How what one has asked stands. */
export type OwnApproval = { id: string; state: ApprovalState; decidedByName: string | null; answer: string | null };
