'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { isRefusal } from '@/components/api/refusal';
import { notify } from '@/components/ui/toast';
import type { HeldSaleRow } from '@/server/modules/sales/held-sales/schema';
import { type Cart, isEmptyCart } from './cart-state';
import { nameOfHold } from './held-cart';
import type { HeldSale } from './held-sales';
import { useBranchHolds } from './use-branch-holds';
import { useLocalHolds } from './use-local-holds';

/** A sale that waits: at the branch, or in this browser alone until the line is back. */
export type WaitingSale =
  | (HeldSaleRow & { where: 'branch' })
  | (Pick<HeldSaleRow, 'id' | 'name' | 'patientName' | 'codes' | 'heldAt'> & { where: 'here'; cart: Cart });

const waitingHere = ({ cart, heldAt, name }: HeldSale): WaitingSale => ({
  where: 'here',
  id: cart.clientKey,
  name: name ?? nameOfHold(cart),
  patientName: cart.patient?.fullName ?? null,
  codes: cart.lines.map(({ code }) => code),
  heldAt: new Date(heldAt),
  cart,
});

/** Where a sale is put aside: at the branch, and here where the branch is not to be reached. */
function useHoldPlaces(shiftId: string) {
  const t = useTranslations('till.held');
  const branch = useBranchHolds();
  const local = useLocalHolds(shiftId, branch.send);
  return {
    branch,
    local,
    /** Answers whether it is safe somewhere. */
    keep: async (cart: Cart, name: string): Promise<boolean> => {
      try {
        if (!navigator.onLine) throw new Error('offline');
        await branch.send(cart, name);
        return true;
      } catch (error) {
        if (isRefusal(error as object)) {
          branch.said(error);
          return false;
        }
      }
      const kept = await local.keep(cart, name);
      if (kept) notify.notice(t('keptHere'), { id: 'held' });
      else notify.wrong(t('notKept'), { id: 'held' });
      return kept;
    },
    /** Null where it is not to be had, which is said. */
    take: async (sale: WaitingSale): Promise<Cart | null> => {
      if (sale.where === 'branch') return branch.take(sale.id);
      if (await local.remove(sale.id)) return sale.cart;
      notify.info(t('taken'), { id: 'held' });
      return null;
    },
  };
}

/** The sales that wait at the branch, and those that this browser could not send yet. `atHand` is the one on the screen. */
export function useHeldSales(shiftId: string, atHand: () => Cart) {
  const { branch, local, keep, take } = useHoldPlaces(shiftId);
  // One at a time: a key that repeats holds or recalls a sale once.
  const busy = useRef(false);
  const once = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    await work().finally(() => {
      busy.current = false;
    });
  };
  const here = local.held.map(waitingHere);
  const known = new Set([atHand().clientKey, ...here.map(({ id }) => id)]);
  const elsewhere = branch.rows.filter(({ id }) => !known.has(id)).map((row) => ({ ...row, where: 'branch' as const }));
  return {
    held: [...here, ...elsewhere] satisfies WaitingSale[],
    unsent: here.length,
    /** Puts a sale aside, and then what comes instead. */
    hold: (cart: Cart, name: string, then: () => void) =>
      void once(async () => {
        if (await keep(cart, name)) then();
      }),
    /** Takes a held sale back; the one at hand is put aside in its turn. Where it is not to be had, the one at hand stays. */
    exchange: (sale: WaitingSale, cart: Cart | null, then: (taken: Cart) => void) =>
      void once(async () => {
        const mine = cart && !isEmptyCart(cart) ? cart : null;
        if (mine && !(await keep(mine, nameOfHold(mine)))) return;
        const taken = await take(sale);
        if (taken) then(taken);
        else if (mine && !(await local.remove(mine.clientKey))) await branch.take(mine.clientKey);
      }),
    release: branch.release,
    /** Drops a sale that waits, on purpose. */
    drop: async (sale: WaitingSale): Promise<void> => {
      if (sale.where === 'branch') await branch.drop(sale.id);
      else await local.remove(sale.id);
    },
  };
}
