'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { isRefusal } from '@/components/api/refusal';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { isTooMuchChange } from '@/server/domain/cash';
import { paymentsOf, type TenderSums, tenderSums } from '@/server/modules/sales/orders/rules';
import type { OwedOrder, TakenBalance } from '@/server/modules/sales/payments/schema';
import { changeTenders, dueBeside, firstTender, givenTenders, type TenderAction, type TenderDraft } from './cart-state';
import { paymentsToSend } from './sale-order';

export type BalanceObstacle = 'amount' | 'due' | 'over' | 'change';

type Standing = {
  tenders: readonly TenderDraft[];
  sums: TenderSums;
  hasPayments: boolean;
  /** Some of it is to stay owed. */
  isPart: boolean;
  currency: string;
};

/** What is still in the way of taking a balance. */
export function obstacleOfBalance({ tenders, sums, hasPayments, isPart, currency }: Standing): BalanceObstacle | null {
  if (tenders.some((tender) => tender.refused)) return 'amount';
  if (sums.over > 0n) return 'over';
  if (isTooMuchChange(sums.change, currency)) return 'change';
  return !hasPayments || (sums.due > 0n && !isPart) ? 'due' : null;
}

/** Takes what is owed of an order. A lost connection is tried again by itself: the key makes the repeat harmless. */
export function useBalance(order: OwedOrder, shiftId: string, onTaken: (taken: TakenBalance) => void) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const { due, currency } = order;
  const [clientKey, setClientKey] = useState(() => crypto.randomUUID());
  const [tenders, setTenders] = useState(firstTender);
  const [isPart, setPart] = useState(false);
  const act = useCallback((action: TenderAction) => setTenders((before) => changeTenders(before, action)), []);
  const given = givenTenders(due, tenders, currency);
  const sums = tenderSums(due, given, currency);
  const payments = paymentsOf(due, given, currency);
  const obstacle = obstacleOfBalance({ tenders, sums, hasPayments: payments.length > 0, isPart, currency });
  const sent = useSentOnce(
    trpc.payments.takeBalance.mutationOptions({
      networkMode: 'always',
      retry: (failures, error) => failures < 3 && !isRefusal(error),
      onError: (error) => {
        if (!isRefusal(error)) return;
        // What was refused is not as the screen has it: another till may have taken some of it.
        setClientKey(crypto.randomUUID());
        void client.invalidateQueries(trpc.payments.owed.pathFilter());
      },
      onSuccess: (taken) => {
        onTaken(taken);
        for (const path of [trpc.payments, trpc.orders, trpc.patients.byId, trpc.till.current])
          void client.invalidateQueries(path.pathFilter());
      },
    }),
  );
  return {
    tenders,
    act,
    sums,
    dueBeside: (tenderId: string) => dueBeside(due, given, tenderId, currency),
    isPart,
    setPart,
    obstacle,
    take: () => {
      if (obstacle !== null || sent.isPending) return;
      sent.mutate({
        clientKey,
        orderId: order.id,
        shiftId,
        part: sums.due > 0n,
        expectedDue: due,
        payments: paymentsToSend(payments),
      });
    },
    pending: sent.isPending,
    retrying: sent.isPending && sent.failureCount > 0,
    failure: sent.error ? sentenceOf(sent.error).sentence : null,
  };
}
