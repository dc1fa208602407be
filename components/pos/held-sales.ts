import { transformer } from '@/server/api/transformer';
import type { Cart } from './cart-state';

/** A sale that waits in this browser. It was not sold and has no number. */
export type HeldSale = { heldAt: string; cart: Cart };

const keyOf = (shiftId: string) => `till.held.${shiftId}`;

/** The sales held in a shift, the latest first; what can't be read counts as none. */
export function heldSales(shiftId: string): HeldSale[] {
  try {
    const text = window.localStorage.getItem(keyOf(shiftId));
    return text ? transformer.parse<HeldSale[]>(text) : [];
  } catch {
    return [];
  }
}

/** Answers whether the browser kept them. */
export function keepHeldSales(shiftId: string, sales: readonly HeldSale[]): boolean {
  try {
    if (sales.length === 0) window.localStorage.removeItem(keyOf(shiftId));
    else window.localStorage.setItem(keyOf(shiftId), transformer.stringify(sales));
    return true;
  } catch {
    return false;
  }
}
