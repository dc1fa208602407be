import { type PrivateStore, privateStore } from '@/components/identity/private-store';
import type { Cart } from './cart-state';

/** A sale that waits in this browser. It was not sold and has no number. */
export type HeldSale = { heldAt: string; cart: Cart };

export type HeldSales = {
  /** The sales held in the shift, the latest first; what can't be read counts as none. */
  load: () => Promise<HeldSale[]>;
  /** Answers whether the browser kept them. */
  keep: (sales: readonly HeldSale[]) => Promise<boolean>;
};

/** Sales held at the till, in the private store of their cashier and bound to the shift. */
export function heldSales(
  shiftId: string,
  cashierKey: string,
  storage?: Parameters<typeof privateStore>[1],
): HeldSales {
  const store: PrivateStore<readonly HeldSale[]> = privateStore(
    { name: `held.${shiftId}`, bound: shiftId, key: cashierKey },
    storage,
  );
  return {
    load: async () => [...((await store.load()) ?? [])],
    keep: (sales) => store.keep(sales.length === 0 ? null : sales),
  };
}
