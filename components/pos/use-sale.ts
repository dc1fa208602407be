'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useReducer, useState } from 'react';
import { notify } from '@/components/ui/toast';
import type { PaidOrder } from '@/server/modules/orders/schema';
import { type Cart, changeCart, emptyCart, isEmptyCart } from './cart-state';
import { type HeldSale, heldSales, keepHeldSales } from './held-sales';

const newCart = () => emptyCart(crypto.randomUUID());

/** The sale at the till, those held beside it, and what was sold last. */
export function useSale(shiftId: string) {
  const t = useTranslations('pos.held');
  const [cart, act] = useReducer(changeCart, undefined, newCart);
  const [sold, setSold] = useState<PaidOrder | null>(null);
  const [held, setHeld] = useState<HeldSale[]>([]);
  useEffect(() => setHeld(heldSales(shiftId)), [shiftId]);

  const keep = (sales: HeldSale[]): boolean => {
    const kept = keepHeldSales(shiftId, sales);
    if (kept) setHeld(sales);
    else notify.wrong(t('notKept'));
    return kept;
  };
  const setAside = (sale: Cart): HeldSale[] =>
    isEmptyCart(sale) ? held : [{ heldAt: new Date().toISOString(), cart: sale }, ...held];

  return {
    cart,
    act,
    sold,
    held,
    finish: (order: PaidOrder) => setSold(order),
    next: () => {
      setSold(null);
      act({ do: 'replace', cart: newCart() });
    },
    hold: () => {
      if (sold || isEmptyCart(cart) || !keep(setAside(cart))) return;
      act({ do: 'replace', cart: newCart() });
      notify.info(t('done'));
    },
    recall: (sale: HeldSale) => {
      const others = (sold ? held : setAside(cart)).filter((one) => one.cart.clientKey !== sale.cart.clientKey);
      if (!keep(others)) return;
      setSold(null);
      act({ do: 'replace', cart: sale.cart });
    },
  };
}
