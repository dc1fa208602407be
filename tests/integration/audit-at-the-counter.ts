import { holdSaleInput } from '@/server/modules/sales/held-sales/schema';
import { holdSale } from '@/server/modules/sales/held-sales/use-cases/hold-sale';
import { takeHeldSale } from '@/server/modules/sales/held-sales/use-cases/take-held-sale';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { cartOf, makeCashier } from './till-fixture';

const heldCart = () => holdSaleInput.parse({ id: crypto.randomUUID(), name: 'Anh Nam', services: [{ code: 'GLU' }] });

/** What is sold, paid and put aside, each with who does it and what is asked for; every one takes a till of its own. */
export const atTheCounter = (nextTill: () => string) => ({
  'orders.createPaid': async () => {
    const { actor } = await makeCashier(nextTill());
    return { actor, input: { ...(await cartOf()), expectedNet: 120_333n } };
  },
  'payments.takeBalance': async () => {
    const { actor } = await makeCashier(nextTill());
    const { orderId } = await createPaidOrder({ actor, cart: await cartOf({ unpaid: true, payments: [] }) });
    const payments = [{ method: 'card' as const, amount: 20_333n }];
    return {
      actor,
      input: { clientKey: crypto.randomUUID(), orderId, part: true, expectedDue: 120_333n, payments },
    };
  },
  'heldSales.hold': async () => ({
    actor: (await makeCashier(nextTill())).actor,
    input: { id: crypto.randomUUID(), name: 'Chị Đào', services: [{ code: 'CBC' }] },
  }),
  'heldSales.take': async () => {
    const { actor } = await makeCashier(nextTill());
    return { actor, input: await holdSale({ actor, sale: heldCart() }) };
  },
  'heldSales.release': async () => {
    const { actor } = await makeCashier(nextTill());
    const input = await holdSale({ actor, sale: heldCart() });
    await takeHeldSale({ actor, ...input });
    return { actor, input };
  },
  'heldSales.drop': async () => {
    const { actor } = await makeCashier(nextTill());
    return { actor, input: await holdSale({ actor, sale: heldCart() }) };
  },
});
