'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { isRefusal } from '@/components/api/refusal';
import { useTRPC, useTRPCClient } from '@/components/api/trpc';
import { notify } from '@/components/ui/toast';
import type { HeldSaleRow } from '@/server/modules/sales/held-sales/schema';
import { type Cart, isEmptyCart } from './cart-state';
import { cartOfHold, heldOf, nameOfHold } from './held-cart';
import { useLocalHolds } from './use-local-holds';

/** A sale that waits: at the branch, or in this browser alone until the line is back. */
export type WaitingSale =
  | (HeldSaleRow & { where: 'branch' })
  | (Pick<HeldSaleRow, 'id' | 'name' | 'patientName' | 'codes' | 'heldAt'> & { where: 'here'; cart: Cart });

/** So long an answer is waited for before a sale is kept here: a line that is half dead says nothing. */
const PATIENCE_MS = 6_000;

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('no answer')), PATIENCE_MS))]);

/** The sales that wait at the branch, whichever till put them aside, and those that this browser could not send yet. */
export function useHeldSales(shiftId: string, atHand: () => Cart) {
  const t = useTranslations('till.held');
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const list = useQuery({ ...trpc.heldSales.list.queryOptions(), refetchInterval: 60_000, retry: false });
  const refresh = () => client.invalidateQueries(trpc.heldSales.list.pathFilter());
  const send = async (cart: Cart, name: string) => {
    await inTime(api.heldSales.hold.mutate(heldOf(cart, name)));
    void refresh();
  };
  const local = useLocalHolds(shiftId, send);
  const said = (error: unknown) => notify.wrong(t('failed'), { description: sentenceOf(error).sentence, id: 'held' });

  /** Puts it aside at the branch, and here where the branch is not to be reached. Answers whether it is safe. */
  const keep = async (cart: Cart, name: string): Promise<boolean> => {
    if (navigator.onLine) {
      try {
        await send(cart, name);
        return true;
      } catch (error) {
        if (isRefusal(error as object)) {
          said(error);
          return false;
        }
      }
    }
    const kept = await local.keep(cart, name);
    if (kept) notify.notice(t('keptHere'), { id: 'held' });
    else notify.wrong(t('notKept'), { id: 'held' });
    return kept;
  };
  const fetchHeld = async (id: string) => {
    const taken = cartOfHold(await inTime(api.heldSales.take.mutate({ id })));
    void refresh();
    return taken;
  };
  const takeUp = async (sale: WaitingSale): Promise<Cart | null> => {
    if (sale.where === 'here') {
      const isOurs = await local.remove(sale.id);
      if (!isOurs) notify.info(t('taken'), { id: 'held' });
      return isOurs ? sale.cart : null;
    }
    try {
      return await fetchHeld(sale.id);
    } catch (error) {
      said(error);
      void refresh();
      return null;
    }
  };

  // One at a time: a key that repeats holds or recalls a sale once.
  const busy = useRef(false);
  const once = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    await work().finally(() => {
      busy.current = false;
    });
  };
  const own = atHand();
  const here = local.held.map(({ cart, heldAt, name }) => ({
    ...{ where: 'here' as const, id: cart.clientKey, name: name ?? nameOfHold(cart), cart, heldAt: new Date(heldAt) },
    patientName: cart.patient?.fullName ?? null,
    codes: cart.lines.map(({ code }) => code),
  }));
  const elsewhere = (list.data ?? []).filter(({ id }) => id !== own.clientKey && !here.some((one) => one.id === id));
  const waiting: WaitingSale[] = [...here, ...elsewhere.map((row) => ({ ...row, where: 'branch' as const }))];
  return {
    held: waiting,
    unsent: here.length,
    /** Puts a sale aside, and then what comes instead. */
    hold: (cart: Cart, name: string, then: () => void) =>
      void once(async () => {
        if (await keep(cart, name)) then();
      }),
    /** Takes a held sale up; the one at hand is put aside in its turn. Where it is not to be had, the one at hand stays. */
    exchange: (sale: WaitingSale, cart: Cart | null, then: (taken: Cart) => void) =>
      void once(async () => {
        const mine = cart && !isEmptyCart(cart) ? cart : null;
        if (mine && !(await keep(mine, nameOfHold(mine)))) return;
        const taken = await takeUp(sale);
        if (taken) then(taken);
        else if (mine && !(await local.remove(mine.clientKey))) await fetchHeld(mine.clientKey).catch(said);
      }),
    /** Gives back what was taken up: its cart was dropped. Where that is not heard, it comes back with the end of the shift. */
    release: (cart: Cart) => {
      if (cart.heldAs === undefined) return;
      void api.heldSales.release.mutate({ id: cart.clientKey }).then(refresh, () => {});
    },
    /** Drops a sale that waits, on purpose. */
    drop: async (sale: WaitingSale): Promise<void> => {
      if (sale.where === 'here') await local.remove(sale.id);
      else await api.heldSales.drop.mutate({ id: sale.id }).then(refresh, said);
    },
  };
}
