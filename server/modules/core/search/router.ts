import { procedure, router } from '@/server/api/trpc';
import { searchEverything } from './queries';
import { searchInput } from './schema';

export const searchRouter = router({
  everything: procedure('session.own')
    .input(searchInput)
    .query(({ ctx, input }) => searchEverything(ctx.actor, input.text)),
});
