import { PERSONAL } from '@/components/identity/personal-storage';
import { type PrivateStore, privateStore } from '@/components/identity/private-store';
import { type Cart, isCart } from './cart-state';

/** A sale that waits in this browser until the line is back. It was not sold and has no number; one of a former release has no name. */
export type HeldSale = { heldAt: string; cart: Cart; name?: string };

/** What is to be held instead; null where there is nothing to change any more. */
type Change = (sales: readonly HeldSale[]) => readonly HeldSale[] | null;

export type HeldSales = {
  /** The sales held in the shift, the latest first; what can't be read counts as none. */
  load: () => Promise<HeldSale[]>;
  /** Changes what is held now, by whichever tab. Answers whether the browser kept it, or that nothing was to be changed. */
  change: (to: Change) => Promise<'kept' | 'refused' | 'gone'>;
  /** Calls back when another tab holds or takes back a sale, until what it answers is called. */
  watch: (changed: () => void) => () => void;
};

/** One tab after the other: each changes what the one before it left. */
const inTurn = async <T>(name: string, work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(name, work) : work();

/** Sales held at the till, in the private store of their cashier and bound to the shift. */
export function heldSales(
  shiftId: string,
  cashierKey: string,
  storage?: Parameters<typeof privateStore>[1],
): HeldSales {
  const name = `held.${shiftId}`;
  const store: PrivateStore<readonly HeldSale[]> = privateStore({ name, bound: shiftId, key: cashierKey }, storage);
  const load = async () => ((await store.load()) ?? []).filter(({ cart }) => isCart(cart));
  return {
    load,
    change: (to) =>
      inTurn(name, async () => {
        const sales = to(await load());
        if (!sales) return 'gone';
        return (await store.keep(sales.length === 0 ? null : sales)) ? 'kept' : 'refused';
      }),
    watch: (changed) => {
      const listen = ({ key }: StorageEvent) => key === `${PERSONAL}${name}` && changed();
      window.addEventListener('storage', listen);
      return () => window.removeEventListener('storage', listen);
    },
  };
}
