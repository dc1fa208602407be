import { procedure, router } from '@/server/api/trpc';
import { owedInput, takeBalanceInput } from './schema';
import { findOwedOrders } from './use-cases/find-owed-orders';
import { takeBalance } from './use-cases/take-balance';

export const paymentsRouter = router({
  owed: procedure('pos.sell')
    .input(owedInput)
    .query(({ ctx, input }) => findOwedOrders({ actor: ctx.actor, asked: input })),
  takeBalance: procedure('pos.sell')
    .input(takeBalanceInput)
    .mutation(({ ctx, input }) => takeBalance({ actor: ctx.actor, balance: input })),
});
