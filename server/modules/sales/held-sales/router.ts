import { procedure, router } from '@/server/api/trpc';
import { heldSales } from './queries';
import { heldSaleId, holdSaleInput } from './schema';
import { dropHeldSale } from './use-cases/drop-held-sale';
import { holdSale } from './use-cases/hold-sale';
import { releaseHeldSale } from './use-cases/release-held-sale';
import { takeHeldSale } from './use-cases/take-held-sale';

export const heldSalesRouter = router({
  list: procedure('pos.sell').query(({ ctx }) => heldSales(ctx.actor)),
  hold: procedure('pos.sell')
    .input(holdSaleInput)
    .mutation(({ ctx, input }) => holdSale({ actor: ctx.actor, sale: input })),
  take: procedure('pos.sell')
    .input(heldSaleId)
    .mutation(({ ctx, input }) => takeHeldSale({ actor: ctx.actor, id: input.id })),
  release: procedure('pos.sell')
    .input(heldSaleId)
    .mutation(({ ctx, input }) => releaseHeldSale({ actor: ctx.actor, id: input.id })),
  drop: procedure('pos.sell')
    .input(heldSaleId)
    .mutation(({ ctx, input }) => dropHeldSale({ actor: ctx.actor, id: input.id })),
});
