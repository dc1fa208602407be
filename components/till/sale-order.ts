import { paymentsOf, type Tender } from '@/server/modules/sales/orders/rules';
import type { Cart } from './cart-state';
import type { PricedCart } from './use-priced-cart';

type Paying = { method: Tender['method']; amount: bigint; tendered: bigint | null; reference: string };

/** Payments as they are asked for. A number that was typed for a card is hidden where cash took its place, and is not cash's. */
export const paymentsToSend = (payments: readonly Paying[]) =>
  payments.map(({ method, amount, tendered, reference }) => ({
    method,
    amount,
    tendered,
    reference: (method !== 'cash' && reference.trim()) || null,
  }));

/** What the till asks for when it sells a cart: with the total that stands on the screen, so that no other is ever taken. */
export function orderOf(
  cart: Cart,
  priced: Pick<PricedCart, 'totals' | 'currency'>,
  shiftId: string,
  given: readonly (Tender & { reference: string })[],
) {
  const payments = cart.onAccount ? [] : paymentsOf(priced.totals.net, given, priced.currency);
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0n);
  return {
    clientKey: cart.clientKey,
    shiftId,
    patientId: cart.patient?.id ?? '',
    customerId: cart.payer?.id ?? null,
    doctorId: cart.doctor?.id ?? null,
    terms: cart.onAccount ? ('account' as const) : ('immediate' as const),
    unpaid: !cart.onAccount && paid < priced.totals.net,
    expectedNet: priced.totals.net,
    services: cart.lines,
    payments: paymentsToSend(payments),
    note: cart.note.trim() || null,
  };
}
