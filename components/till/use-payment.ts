'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { isRefusal } from '@/components/api/refusal';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { isTooMuchChange } from '@/server/domain/cash';
import { tenderSums } from '@/server/modules/sales/orders/rules';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import { type Cart, dueBeside, givenTenders } from './cart-state';
import { orderOf } from './sale-order';
import type { PricedCart } from './use-priced-cart';

export type Obstacle = 'empty' | 'patient' | 'problem' | 'amount' | 'due' | 'over' | 'change';

export type Payment = {
  sums: ReturnType<typeof tenderSums>;
  /** What the tenders beside this one leave to pay; in cash, as notes can make it. */
  dueBeside: (tenderId: string) => bigint;
  obstacle: Obstacle | null;
  pay: () => void;
  pending: boolean;
  /** The connection was lost on the way, and it is tried again. */
  retrying: boolean;
  /** `isUnknown`: no answer came, so that nobody knows whether the sale was stored. */
  failure: { sentence: string; isUnknown: boolean } | null;
};

/** What is still in the way of a sale. */
export function obstacleOf(cart: Cart, priced: PricedCart, sums: Payment['sums']): Obstacle | null {
  if (cart.lines.length === 0) return 'empty';
  if (!priced.sellable) return 'problem';
  if (!cart.patient) return 'patient';
  if (cart.onAccount) return null;
  if (cart.tenders.some((tender) => tender.refused)) return 'amount';
  if (sums.over > 0n) return 'over';
  if (isTooMuchChange(sums.change, priced.currency)) return 'change';
  return sums.due > 0n && !cart.payLater ? 'due' : null;
}

/** Sells the cart. A lost connection is tried again by itself: the cart's key makes the repeat harmless. */
export function usePayment(
  cart: Cart,
  priced: PricedCart,
  shiftId: string,
  onSold: (sold: PaidOrder) => void,
): Payment {
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const total = priced.totals.net;
  const given = givenTenders(total, cart.tenders, priced.currency);
  const sums = tenderSums(total, given, priced.currency);
  const obstacle = obstacleOf(cart, priced, sums);
  const asked = useRef<string | null>(null);
  const sell = useSentOnce(
    trpc.orders.createPaid.mutationOptions({
      networkMode: 'always',
      retry: (failures, error) => failures < 3 && !isRefusal(error),
      onError: (error) => {
        asked.current = null;
        // What was refused is not as the screen has it: another price, a service that is out of business. The shift stays on the screen
        // with its sale, whatever became of it.
        if (!isRefusal(error)) return;
        void client.invalidateQueries(trpc.till.quote.pathFilter());
        void client.invalidateQueries(trpc.till.sellable.pathFilter());
      },
      onSuccess: (sold) => {
        onSold(sold);
        void client.invalidateQueries(trpc.till.current.pathFilter());
        void client.invalidateQueries(trpc.orders.pathFilter());
      },
    }),
  );
  const said = sell.error && sentenceOf(sell.error);
  const failure = said && { sentence: said.sentence, isUnknown: said.code === 'offline' };
  return {
    sums,
    dueBeside: (tenderId) => dueBeside(total, given, tenderId, priced.currency),
    obstacle,
    pay: () => {
      // Two presses before the screen is drawn again are one: what is rendered does not know of the first yet.
      if (obstacle !== null || asked.current === cart.clientKey) return;
      asked.current = cart.clientKey;
      sell.mutate(orderOf(cart, priced, shiftId, given));
    },
    pending: sell.isPending,
    retrying: sell.isPending && sell.failureCount > 0,
    failure,
  };
}
