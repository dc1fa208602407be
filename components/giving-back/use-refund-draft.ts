import { useState } from 'react';
import { moneyBack, outcomeOf, type PaymentBack, proposedPayments } from '@/server/modules/sales/giving-back/rules';
import type { GivingBack, RefundKind } from '@/server/modules/sales/giving-back/schema';
import type { Method } from '@/server/modules/sales/orders/schema';

type Typed = { minor: bigint | null; wrong: boolean };

/** What somebody fills in before giving back: lines with their amounts, how the money goes back, and what that comes to. */
export function useRefundDraft(standing: GivingBack, kind: RefundKind) {
  const [amounts, setAmounts] = useState<Record<number, Typed>>({});
  const [typedTenders, setTenders] = useState<Partial<Record<Method, Typed>>>({});
  const [reason, setReason] = useState('');
  const open = standing.lines.filter((line) => line.open);
  const chosen = kind === 'void' ? standing.lines : open.filter(({ position }) => amounts[position]);
  const amountOf = ({ position, left, net }: GivingBack['lines'][number]): bigint =>
    kind === 'void' ? net : (amounts[position]?.minor ?? (amounts[position] && left === 0n ? 0n : 0n));
  const lines = chosen.map((line) => ({ position: line.position, amount: amountOf(line) }));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const money = moneyBack(standing, total);
  const proposed = proposedPayments(standing, money);
  const choices = standing.tenders.filter(({ left }) => left > 0n);
  const isTyped = Object.keys(typedTenders).length > 0;
  const payments: PaymentBack[] = isTyped
    ? choices.flatMap(({ method }) => {
        const amount = typedTenders[method]?.minor ?? 0n;
        return amount > 0n ? [{ method, amount }] : [];
      })
    : proposed;
  const choose = (position: number, amount: bigint | null, wrong = false) =>
    setAmounts((before) => ({ ...before, [position]: { minor: amount, wrong } }));
  const drop = (position: number) => setAmounts(({ [position]: _, ...others }) => others);
  return {
    kind,
    open,
    amounts,
    lines,
    choose,
    drop,
    all: () =>
      setAmounts(Object.fromEntries(open.map(({ position, left }) => [position, { minor: left, wrong: false }]))),
    none: () => setAmounts({}),
    isAll: open.every(({ position, left }) => amounts[position]?.minor === left),
    choices,
    payments,
    amountBy: (method: Method) => payments.find((one) => one.method === method)?.amount ?? null,
    pay: (method: Method, minor: bigint | null, wrong: boolean) => {
      const now = Object.fromEntries(
        choices.map((one) => [
          one.method,
          { minor: payments.find((back) => back.method === one.method)?.amount ?? null, wrong: false },
        ]),
      );
      setTenders({ ...now, ...typedTenders, [method]: { minor, wrong } });
    },
    tenderWrong: Object.values(typedTenders).some((one) => one.wrong),
    paid: payments.reduce((sum, { amount }) => sum + amount, 0n),
    reason,
    setReason,
    outcome: outcomeOf(standing, kind, total, payments),
  };
}

export type RefundDraft = ReturnType<typeof useRefundDraft>;
