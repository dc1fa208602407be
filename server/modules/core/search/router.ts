import { procedure, router } from '@/server/api/trpc';
import { recentThings, searchEverything } from './queries';
import { recentInput, searchInput } from './schema';

export const searchRouter = router({
  everything: procedure('session.own')
    .input(searchInput)
    .query(({ ctx, input }) => searchEverything(ctx.actor, input.text, ctx.locale)),
  recent: procedure('session.own')
    .input(recentInput)
    .query(({ ctx, input }) => recentThings(ctx.actor, input.things, ctx.locale)),
});
