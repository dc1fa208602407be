'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { notify } from '@/components/ui/toast';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import { type Cart, type CartAction, changeCart, emptyCart, isCart, isEmptyCart } from './cart-state';
import { nameOfHold } from './held-cart';
import { useHeldSales, type WaitingSale } from './use-held-sales';

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

type Keeping = ReturnType<typeof useCart> & { isOver: boolean; putAside: (cart: Cart) => void };

/** Keeps the sale on the screen over a reload. One that was paid for while its page died comes back under its key, and is found sold when it is paid again. */
const useKeptCart = ({ cart, latest, act, isOver, putAside }: Keeping) =>
  useKeptDraft<Cart>({
    // Of no shift: one that is closed elsewhere takes no sale with it that stands on a screen.
    name: 'cart',
    draft: cart,
    isEmpty: isOver || isEmptyCart(cart),
    isDraft: isCart,
    restore: (before) => (isEmptyCart(latest.current) ? act({ do: 'replace', cart: before }) : putAside(before)),
    // Another sale has begun before this one was read: to a patient that was found elsewhere.
    onDisplaced: putAside,
  });

/** The sale at the till, those held beside it, and what was sold last. */
export function useSale(shiftId: string) {
  const t = useTranslations('till.held');
  const screen = useCart();
  const { cart, latest, act: change } = screen;
  const [sold, setSold] = useState<PaidOrder | null>(null);
  const { held, unsent, hold, exchange, release, drop } = useHeldSales(shiftId, () => latest.current);
  const putAside = (sale: Cart, then: () => void = () => notify.info(t('done'))) => hold(sale, nameOfHold(sale), then);
  const kept = useKeptCart({ ...screen, isOver: sold !== null, putAside: (before) => putAside(before) });
  const begin = (sale: Cart) => {
    kept.done();
    setSold(null);
    change({ do: 'replace', cart: sale });
  };
  const act = (action: CartAction) => {
    const before = latest.current;
    change(action);
    // Emptied by hand it is dropped: what the branch had held goes back there, and the next sale has a key of its own.
    if (before.heldAs === undefined || !isEmptyCart(latest.current)) return;
    release(before);
    begin(newCart());
  };
  return {
    cart,
    act,
    sold,
    held,
    unsent,
    kept,
    drop: () => {
      release(latest.current);
      begin(newCart());
    },
    finish: (order: PaidOrder) => {
      kept.done();
      setSold(order);
    },
    next: () => begin(newCart()),
    /** Whether there is anything to put aside. */
    isHoldable: sold === null && !isEmptyCart(cart),
    hold: (name: string) => {
      const asHeld = latest.current;
      hold(asHeld, name, () => {
        // What was changed while it was on its way stays on the screen, as a sale of its own.
        if (latest.current === asHeld) begin(newCart());
        else change({ do: 'replace', cart: { ...latest.current, clientKey: crypto.randomUUID() } });
        notify.info(t('done'));
      });
    },
    /** Begins a sale to somebody who was found elsewhere; a sale to somebody else is held meanwhile. */
    sellTo: (patient: PatientRow) => {
      const { patient: beforehand } = latest.current;
      const isFree = beforehand === null || beforehand.id === patient.id;
      if (!sold && isFree) change({ do: 'patient', patient });
      else if (sold) begin({ ...newCart(), patient });
      else putAside(latest.current, () => begin({ ...newCart(), patient }));
    },
    recall: (sale: WaitingSale) => exchange(sale, sold ? null : latest.current, begin),
    dropHeld: drop,
  };
}
