'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { usePersonalKey } from '@/components/identity/personal-key';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { notify } from '@/components/ui/toast';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import { type Cart, changeCart, emptyCart, isEmptyCart } from './cart-state';
import { type HeldSale, heldSales } from './held-sales';

const newCart = () => emptyCart(crypto.randomUUID());

/** The sales held in this browser: kept one change at a time, so that a key that repeats holds or recalls once. */
function useHeld(shiftId: string) {
  const t = useTranslations('till.held');
  const key = usePersonalKey() ?? '';
  const store = useMemo(() => heldSales(shiftId, key), [shiftId, key]);
  const [held, setHeld] = useState<HeldSale[]>([]);
  const busy = useRef(false);
  useEffect(() => void store.load().then(setHeld), [store]);
  const keep = async (sales: HeldSale[], then: () => void): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    const kept = await store.keep(sales);
    busy.current = false;
    if (!kept) return notify.wrong(t('notKept'));
    setHeld(sales);
    then();
  };
  /** Holds a sale beside all that are held, whether they are read already or not. */
  const hold = async (cart: Cart, then: () => void) => keep([heldNow(cart), ...(await store.load())], then);
  return { held, keep, hold };
}

const heldNow = (cart: Cart): HeldSale => ({ heldAt: new Date().toISOString(), cart });

/** The sale at the till, those held beside it, and what was sold last. */
export function useSale(shiftId: string) {
  const t = useTranslations('till.held');
  const [cart, act] = useReducer(changeCart, undefined, newCart);
  const [sold, setSold] = useState<PaidOrder | null>(null);
  const { held, keep, hold } = useHeld(shiftId);
  const saidHeld = () => notify.info(t('done'));
  // A sale that was paid for while its page died comes back under its key, and is found sold when it is paid again.
  const { cameBackFrom, done } = useKeptDraft<Cart>({
    name: `cart.${shiftId}`,
    draft: cart,
    isEmpty: sold !== null || isEmptyCart(cart),
    restore: (kept) => act({ do: 'replace', cart: kept }),
    // Another sale has begun before this one was read: to a patient that was found elsewhere.
    onDisplaced: (kept) => void hold(kept, saidHeld),
  });
  const begin = (sale: Cart) => {
    done();
    setSold(null);
    act({ do: 'replace', cart: sale });
  };
  const withHeld = (sale: Cart): HeldSale[] => (isEmptyCart(sale) ? held : [heldNow(sale), ...held]);

  return {
    cart,
    act,
    sold,
    held,
    cameBackFrom,
    drop: () => begin(newCart()),
    finish: (order: PaidOrder) => {
      done();
      setSold(order);
    },
    next: () => begin(newCart()),
    hold: () => {
      if (sold || isEmptyCart(cart)) return;
      void keep(withHeld(cart), () => {
        begin(newCart());
        saidHeld();
      });
    },
    /** Begins a sale to somebody who was found elsewhere; a sale to somebody else is held meanwhile. */
    sellTo: (patient: PatientRow) => {
      const isFree = cart.patient === null || cart.patient.id === patient.id;
      if (!sold && isFree) act({ do: 'patient', patient });
      else if (sold) begin({ ...newCart(), patient });
      else void keep(withHeld(cart), () => begin({ ...newCart(), patient }));
    },
    recall: (sale: HeldSale) => {
      const others = (sold ? held : withHeld(cart)).filter((one) => one.cart.clientKey !== sale.cart.clientKey);
      void keep(others, () => begin(sale.cart));
    },
  };
}
