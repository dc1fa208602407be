import { procedure, router } from '@/server/api/trpc';
import { listRateCardItems, listRateCards, priceChanges, rateCardDetail } from './queries';
import { listRateCardItemsInput, listRateCardsInput, rateCardId, rateCardVersionId } from './schema';

export const rateCardsRouter = router({
  list: procedure('rate-card.read')
    .input(listRateCardsInput)
    .query(({ ctx, input }) => listRateCards({ actor: ctx.actor, ...input })),
  byId: procedure('rate-card.read')
    .input(rateCardId)
    .query(({ ctx, input }) => rateCardDetail({ actor: ctx.actor, id: input.id })),
  items: procedure('rate-card.read')
    .input(listRateCardItemsInput)
    .query(({ ctx, input }) => listRateCardItems({ actor: ctx.actor, ...input })),
  changes: procedure('rate-card.read')
    .input(rateCardVersionId)
    .query(({ ctx, input }) => priceChanges({ actor: ctx.actor, versionId: input.versionId })),
});
