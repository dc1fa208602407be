import { procedure, router } from '@/server/api/trpc';
import { watchChanges } from './use-cases/watch-changes';

export const changesRouter = router({
  watch: procedure('session.own').subscription(({ ctx, signal }) => watchChanges({ actor: ctx.actor, signal })),
});
