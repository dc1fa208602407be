import { procedure, router } from '@/server/api/trpc';
import { refundsOf } from './queries';
import { giveBackInput, givingBackInput, orderOfRefunds } from './schema';
import { askGiveBack } from './use-cases/ask-give-back';
import { findGivingBack } from './use-cases/find-giving-back';
import { giveBack } from './use-cases/give-back';

export const givingBackRouter = router({
  ofOrder: procedure('order.refund')
    .input(givingBackInput)
    .query(({ ctx, input }) => findGivingBack({ actor: ctx.actor, asked: input })),
  list: procedure('order.read')
    .input(orderOfRefunds)
    .query(({ ctx, input }) => refundsOf({ actor: ctx.actor, orderId: input.orderId })),
  ask: procedure('order.refund')
    .input(giveBackInput)
    .mutation(({ ctx, input }) => askGiveBack({ actor: ctx.actor, asked: input })),
  give: procedure('order.refund')
    .input(giveBackInput)
    .mutation(({ ctx, input }) => giveBack({ actor: ctx.actor, asked: input })),
});
