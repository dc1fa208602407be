'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useTRPC } from '@/components/api/trpc';
import { notify } from '@/components/ui/toast';
import type { OwedInput } from '@/server/modules/sales/payments/schema';
import type { TillCommand } from './keyboard';
import { receiptAddress } from './sold-panel';
import type { Catalogue } from './use-catalogue';
import type { WaitingSale } from './use-held-sales';
import type { Payment } from './use-payment';
import type { useSale } from './use-sale';
import { useTillKeys } from './use-till-keys';

export type OpenDialog =
  | 'discount'
  | 'held'
  | 'hold'
  | 'keys'
  | 'close'
  | { register: string }
  | { balance: OwedInput }
  | { drop: WaitingSale }
  | null;

type Given = {
  sale: ReturnType<typeof useSale>;
  catalogue: Catalogue;
  payment: Payment;
  boxes: Record<'patient' | 'service' | 'amount', RefObject<HTMLInputElement | null>>;
  setOpen: (open: OpenDialog) => void;
};

/** What no service is called may be an order, scanned off its receipt or a label: what is owed of it is taken. */
function useFindOrder(setOpen: Given['setOpen']) {
  const t = useTranslations('till');
  const trpc = useTRPC();
  const client = useQueryClient();
  const find = async (code: string) => {
    const owed = await client.fetchQuery(trpc.payments.owed.queryOptions({ code })).catch(() => null);
    const order = owed?.orders[0];
    const other = owed?.notOwed;
    if (order) setOpen({ balance: { orderId: order.id } });
    else if (other) notify.info(t(`balance.notOwed.${other.state}`, { number: other.number }), { id: 'not-owed' });
    else notify.wrong(t('search.unknown', { code }), { id: 'unknown-service' });
  };
  return (code: string) => void find(code);
}

/** What the till's keys, its buttons and its scanner do. */
export function useTillCommands({ sale, catalogue, payment, boxes, setOpen }: Given) {
  const t = useTranslations('till');
  const { cart, act, sold } = sale;
  const findOrder = useFindOrder(setOpen);

  const next = () => {
    // The boxes come back with the next sale; the first thing it needs is its patient.
    flushSync(sale.next);
    boxes.patient.current?.focus();
  };
  const addCode = (text: string) => {
    const service = catalogue.byCode.get(text.toUpperCase());
    if (!service) return findOrder(text);
    if (sold) next();
    act({ do: 'add', code: service.code });
  };
  const print = () => {
    if (sold) window.open(receiptAddress(sold.orderId), '_blank', 'noopener');
    else notify.info(t('sold.nothing'), { id: 'no-receipt' });
  };
  const pay = () => {
    // The first press goes to the amount, so that nothing is sold by a slip of the hand; the second sells.
    const box = boxes.amount.current;
    if (box && document.activeElement !== box && payment.obstacle === null && !cart.onAccount) {
      box.focus();
      box.select();
    } else payment.pay();
  };
  const commands: Record<TillCommand, () => void> = {
    patient: () => {
      // At once, since the next key is typed before another frame is drawn.
      if (cart.patient) flushSync(() => act({ do: 'patient', patient: null }));
      boxes.patient.current?.focus();
    },
    service: () => boxes.service.current?.focus(),
    discount: () => cart.lines.length > 0 && !sold && setOpen('discount'),
    hold: () => sale.isHoldable && setOpen('hold'),
    balance: () => setOpen({ balance: cart.patient && !sold ? { patientId: cart.patient.id } : {} }),
    recall: () => setOpen('held'),
    pay: () => (sold ? next() : pay()),
    receipt: print,
    keys: () => setOpen('keys'),
  };
  // While a sale is being taken it is out of anybody's hands: held or changed now it would come back under a key that is sold.
  const idle = !payment.pending;
  useTillKeys(boxes.service, {
    onCommand: (command) => idle && commands[command](),
    onScan: (code) => idle && addCode(code),
    onArrow: (by) => act({ do: 'move', by }),
    onDelete: () => cart.selected && !sold && idle && act({ do: 'remove', code: cart.selected }),
    onEnter: () => {
      if (sold) next();
      return sold !== null;
    },
  });
  return { commands, addCode, print, next };
}
