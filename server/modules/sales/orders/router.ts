import { procedure, router } from '@/server/api/trpc';
import { branchesToFilter, listOrders, newestReceipt, orderTotals } from './queries/orders';
import { listOrdersInput, orderFilterInput, orderId, receiptInput, soldCartInput } from './schema';
import { createPaidOrder } from './use-cases/create-paid-order';
import { openOrder } from './use-cases/open-order';
import { openTodaysOrders } from './use-cases/open-todays-orders';

export const ordersRouter = router({
  list: procedure('order.read')
    .input(listOrdersInput)
    .query(({ ctx, input }) => listOrders({ actor: ctx.actor, ...input })),
  totals: procedure('order.read')
    .input(orderFilterInput)
    .query(({ ctx, input }) => orderTotals({ actor: ctx.actor, ...input })),
  branches: procedure('order.read').query(({ ctx }) => branchesToFilter(ctx.actor)),
  today: procedure('worklist.read').query(({ ctx }) => openTodaysOrders({ actor: ctx.actor })),
  byId: procedure('order.read')
    .input(orderId)
    .query(({ ctx, input }) => openOrder({ actor: ctx.actor, id: input.id })),
  receipt: procedure('document.read')
    .input(receiptInput)
    .query(({ ctx, input }) => newestReceipt({ actor: ctx.actor, ...input })),
  createPaid: procedure('pos.sell')
    .input(soldCartInput)
    .mutation(({ ctx, input }) => createPaidOrder({ actor: ctx.actor, cart: input })),
});
