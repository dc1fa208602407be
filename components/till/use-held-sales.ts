'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePersonalKey } from '@/components/identity/personal-key';
import { notify } from '@/components/ui/toast';
import { type Cart, isEmptyCart } from './cart-state';
import { type HeldSale, heldSales } from './held-sales';

const isOf = (cart: Cart) => (one: HeldSale) => one.cart.clientKey === cart.clientKey;

/** The sale, put aside before the others; an empty one is nothing to hold. */
const withSale = (sales: readonly HeldSale[], cart: Cart): readonly HeldSale[] =>
  isEmptyCart(cart) ? sales : [{ heldAt: new Date().toISOString(), cart }, ...sales.filter((one) => !isOf(cart)(one))];

/** The sales that are held in a shift, by whichever tab of this browser. */
export function useHeldSales(shiftId: string) {
  const t = useTranslations('till.held');
  const key = usePersonalKey() ?? '';
  const store = useMemo(() => heldSales(shiftId, key), [shiftId, key]);
  const [held, setHeld] = useState<HeldSale[]>([]);
  const busy = useRef(false);
  useEffect(() => {
    const read = () => void store.load().then(setHeld);
    read();
    return store.watch(read);
  }, [store]);

  /** One at a time: a key that repeats holds or recalls a sale once. */
  const change = async (to: Parameters<typeof store.change>[0], then: () => void): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    const outcome = await store.change(to);
    const sales = await store.load();
    busy.current = false;
    if (outcome === 'refused') return notify.wrong(t('notKept'));
    setHeld(sales);
    if (outcome === 'gone') return notify.info(t('taken'));
    then();
  };
  return {
    held,
    /** Puts a sale aside, and then what comes instead. */
    hold: (cart: Cart, then: () => void) => void change((sales) => withSale(sales, cart), then),
    /** Takes a held sale back; the one at hand, if any, is put aside in its turn. */
    exchange: (sale: HeldSale, atHand: Cart | null, then: () => void) =>
      void change((sales) => {
        if (!sales.some(isOf(sale.cart))) return null;
        const others = sales.filter((one) => !isOf(sale.cart)(one));
        return atHand ? withSale(others, atHand) : others;
      }, then),
  };
}
