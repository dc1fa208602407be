'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC, useTRPCClient } from '@/components/api/trpc';
import { notify } from '@/components/ui/toast';
import type { Cart } from './cart-state';
import { cartOfHold, heldOf } from './held-cart';

/** So long an answer is waited for before a sale is kept here: a line that is half dead says nothing. */
const PATIENCE_MS = 6_000;

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('no answer')), PATIENCE_MS))]);

/** The sales that wait at the branch, whichever till put them aside, and what is done with them there. */
export function useBranchHolds() {
  const t = useTranslations('till.held');
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const list = useQuery({ ...trpc.heldSales.list.queryOptions(), refetchInterval: 60_000, retry: false });
  const refresh = () => client.invalidateQueries(trpc.heldSales.list.pathFilter());
  const said = (error: unknown) => notify.wrong(t('failed'), { description: sentenceOf(error).sentence, id: 'held' });
  return {
    rows: list.data ?? [],
    said,
    /** Puts a sale aside; rejects where the branch refuses it or is not to be reached. */
    send: async (cart: Cart, name: string): Promise<void> => {
      await inTime(api.heldSales.hold.mutate(heldOf(cart, name)));
      void refresh();
    },
    /** Takes one to this till; null where it is not to be had, which is said. */
    take: async (id: string): Promise<Cart | null> => {
      try {
        return cartOfHold(await inTime(api.heldSales.take.mutate({ id })));
      } catch (error) {
        said(error);
        return null;
      } finally {
        void refresh();
      }
    },
    /** Gives back what this till had taken: its cart was dropped. Where that is not heard, it comes back with the end of the shift. */
    release: (cart: Cart) => {
      if (cart.heldAs === undefined) return;
      void api.heldSales.release.mutate({ id: cart.clientKey }).then(refresh, () => {});
    },
    drop: (id: string): Promise<void> => api.heldSales.drop.mutate({ id }).then(refresh, said),
  };
}
