import type { PaidOrder } from '@/server/modules/sales/orders/schema';

export type SoldOutcome = 'done' | 'doneAccount' | 'doneFree' | 'doneUnpaid';

/** What a sale came to, in the words of the screen: only where money was taken it may say so. */
export function soldOutcome({ terms, netTotal, paid }: Pick<PaidOrder, 'terms' | 'netTotal' | 'paid'>): SoldOutcome {
  if (terms === 'account') return 'doneAccount';
  if (netTotal === 0n) return 'doneFree';
  return paid > 0n ? 'done' : 'doneUnpaid';
}
