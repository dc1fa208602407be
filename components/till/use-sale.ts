'use client';

import { useTranslations } from 'next-intl';
import { useReducer, useState } from 'react';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { notify } from '@/components/ui/toast';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import { type Cart, changeCart, emptyCart, isCart, isEmptyCart } from './cart-state';
import type { HeldSale } from './held-sales';
import { useHeldSales } from './use-held-sales';

const newCart = () => emptyCart(crypto.randomUUID());

/** The sale at the till, those held beside it, and what was sold last. */
export function useSale(shiftId: string) {
  const t = useTranslations('till.held');
  const [cart, act] = useReducer(changeCart, undefined, newCart);
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
    restore: (before) => act({ do: 'replace', cart: before }),
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
      const isFree = cart.patient === null || cart.patient.id === patient.id;
      if (!sold && isFree) act({ do: 'patient', patient });
      else if (sold) begin({ ...newCart(), patient });
      else hold(cart, () => begin({ ...newCart(), patient }));
    },
    recall: (sale: HeldSale) => exchange(sale, sold ? null : cart, () => begin(sale.cart)),
  };
}
