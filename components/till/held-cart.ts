import type { TakenSale } from '@/server/modules/sales/held-sales/schema';
import { type Cart, emptyCart } from './cart-state';

const MOST_SIGNS = 120;

/** What a sale is called while it waits, unless somebody calls it otherwise: its patient, its note or its services. */
export function nameOfHold(cart: Cart): string {
  const { heldAs, patient, note, lines } = cart;
  const name = heldAs ?? patient?.fullName ?? note.trim().split('\n')[0] ?? '';
  return (name || lines.map(({ code }) => code).join(', ')).slice(0, MOST_SIGNS).trim() || '–';
}

/** A cart as the branch keeps it: ids, codes and percentages, and the note. */
export const heldOf = (cart: Cart, name: string) => ({
  id: cart.clientKey,
  name,
  patientId: cart.patient?.id ?? null,
  customerId: cart.payer?.id ?? null,
  doctorId: cart.doctor?.id ?? null,
  onAccount: cart.onAccount,
  payLater: cart.payLater,
  services: cart.lines,
  note: cart.note.trim() || null,
});

/** The cart that a till took up, under the key under which it was put aside. */
export const cartOfHold = ({ id, name, services, note, ...parties }: TakenSale): Cart => ({
  ...emptyCart(id),
  ...parties,
  lines: services,
  selected: services[0]?.code ?? null,
  note: note ?? '',
  heldAs: name,
});
