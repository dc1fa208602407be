import { definePort } from '@/server/platform/port';

/** An order as the laboratory's system needs it. `dob` is YYYY-MM-DD, `phone` E.164; only what the laboratory does is listed. */
export type LisOrder = {
  orderId: string;
  number: string;
  accession: string;
  orderedAt: Date;
  branchCode: string;
  patient: { code: string; fullName: string; dob: string; sex: 'female' | 'male'; phone: string };
  doctor: { code: string; name: string } | null;
  services: { code: string; name: string }[];
};

/** Services of an order that are not to be done any longer, by their codes; `refundId` names the cancellation. */
export type LisCancellation = { refundId: string; order: LisOrder; cancelled: readonly string[] };

export interface Lis {
  /** Hands an order over. The same order again is one order there. Throws `lis_unavailable` (retryable). */
  sendOrder(order: LisOrder): Promise<{ ref: string }>;
  /** Takes services of an order back that was handed over. The same again is one cancellation there. Throws `lis_unavailable` (retryable). */
  cancelOrder(cancellation: LisCancellation): Promise<{ ref: string }>;
}

export const lis = definePort<Lis>('lis');
