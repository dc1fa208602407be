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

export interface Lis {
  /** Hands an order over. The same order again is one order there. Throws `lis_unavailable` (retryable). */
  sendOrder(order: LisOrder): Promise<{ ref: string }>;
}

export const lis = definePort<Lis>('lis');
