'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { isRefusal } from '@/components/api/refusal';
import { usePersonalKey } from '@/components/identity/personal-key';
import { notify } from '@/components/ui/toast';
import type { Cart } from './cart-state';
import { nameOfHold } from './held-cart';
import { type HeldSale, heldSales } from './held-sales';

const AGAIN_MS = 15_000;

function useSaid() {
  const t = useTranslations('till.held');
  const sentenceOf = useErrorSentence();
  return (error: unknown) => notify.wrong(t('failed'), { description: sentenceOf(error).sentence, id: 'held' });
}

/**
 * Sales that could not be sent to the branch: kept in this browser, by whichever tab, and sent when the line is back. A sale that arrives
 * twice, from two tabs or after a lost answer, is held once: it has its key.
 */
export function useLocalHolds(shiftId: string, send: (cart: Cart, name: string) => Promise<void>) {
  const said = useSaid();
  const key = usePersonalKey() ?? '';
  const store = useMemo(() => heldSales(shiftId, key), [shiftId, key]);
  const [held, setHeld] = useState<HeldSale[]>([]);
  const sending = useRef(false);
  const read = useCallback(async () => setHeld(await store.load()), [store]);
  const without = useCallback(
    async (id: string): Promise<boolean> => {
      const outcome = await store.change((sales) =>
        sales.some(({ cart }) => cart.clientKey === id) ? sales.filter(({ cart }) => cart.clientKey !== id) : null,
      );
      await read();
      return outcome === 'kept';
    },
    [store, read],
  );
  const sendAll = useEffectEvent(async () => {
    if (sending.current || !navigator.onLine) return;
    sending.current = true;
    try {
      for (const { cart, name } of await store.load()) {
        await send(cart, name ?? nameOfHold(cart));
        await without(cart.clientKey);
      }
    } catch (error) {
      // What the branch refuses stays here, where it can be taken back and put right.
      if (isRefusal(error as object)) said(error);
    } finally {
      sending.current = false;
    }
  });
  useEffect(() => {
    void read().then(() => sendAll());
    const again = () => void sendAll();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener('online', again);
    const unwatch = store.watch(() => void read());
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
      unwatch();
    };
  }, [store, read]);
  return {
    held,
    /** Answers whether the browser kept it. */
    keep: async (cart: Cart, name: string): Promise<boolean> => {
      const outcome = await store.change((sales) => [
        { heldAt: new Date().toISOString(), cart, name },
        ...sales.filter((one) => one.cart.clientKey !== cart.clientKey),
      ]);
      await read();
      return outcome === 'kept';
    },
    /** Takes one away; answers false where it was not there any more. */
    remove: without,
  };
}
