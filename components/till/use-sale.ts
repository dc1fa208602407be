'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { notify } from '@/components/ui/toast';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import { type Cart, type CartAction, changeCart, emptyCart, isCart, isEmptyCart } from './cart-state';
import type { HeldSale } from './held-sales';
import { useHeldSales } from './use-held-sales';

const newCart = () => emptyCart(crypto.randomUUID());

/** The cart on the screen, and as it is: what comes of itself (a kept sale, a patient found elsewhere) may come between two drawings of it. */
function useCart() {
  const [cart, draw] = useState(newCart);
  const latest = useRef(cart);
  const act = useCallback((action: CartAction) => {
    latest.current = changeCart(latest.current, action);
    draw(latest.current);
  }, []);
  return { cart, latest, act };
}

/** The sale at the till, those held beside it, and what was sold last. */
export function useSale(shiftId: string) {
  const t = useTranslations('till.held');
  const { cart, latest, act } = useCart();
  const [sold, setSold] = useState<PaidOrder | null>(null);
  const { held, hold, exchange } = useHeldSales(shiftId);
  const saidHeld = () => notify.info(t('done'));
  // A sale that was paid for while its page died comes back under its key, and is found sold when it is paid again.
  const kept = useKeptDraft<Cart>({
    // Of no shift: one that is closed elsewhere takes no sale with it that stands on a screen.
    name: 'cart',
    draft: cart,
    isEmpty: sold !== null || isEmptyCart(cart),
    isDraft: isCart,
    restore: (before) => (isEmptyCart(latest.current) ? act({ do: 'replace', cart: before }) : hold(before, saidHeld)),
    // Another sale has begun before this one was read: to a patient that was found elsewhere.
    onDisplaced: (before) => hold(before, saidHeld),
  });
  const begin = (sale: Cart) => {
    kept.done();
    setSold(null);
    act({ do: 'replace', cart: sale });
  };

  return {
    cart,
    act,
    sold,
    held,
    kept,
    drop: () => begin(newCart()),
    finish: (order: PaidOrder) => {
      kept.done();
      setSold(order);
    },
    next: () => begin(newCart()),
    hold: () => {
      if (sold || isEmptyCart(cart)) return;
      hold(cart, () => {
        begin(newCart());
        saidHeld();
      });
    },
    /** Begins a sale to somebody who was found elsewhere; a sale to somebody else is held meanwhile. */
    sellTo: (patient: PatientRow) => {
      const { patient: beforehand } = latest.current;
      const isFree = beforehand === null || beforehand.id === patient.id;
      if (!sold && isFree) act({ do: 'patient', patient });
      else if (sold) begin({ ...newCart(), patient });
      else hold(latest.current, () => begin({ ...newCart(), patient }));
    },
    recall: (sale: HeldSale) => exchange(sale, sold ? null : cart, () => begin(sale.cart)),
  };
}
