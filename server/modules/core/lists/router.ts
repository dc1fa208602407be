import { procedure, router } from '@/server/api/trpc';
import { listOfViews, saveViewInput, viewId } from './schema';
import { findViews } from './use-cases/find-views';
import { listViews } from './use-cases/list-views';
import { removeView } from './use-cases/remove-view';
import { saveView } from './use-cases/save-view';

export const savedViewsRouter = router({
  list: procedure('session.own')
    .input(listOfViews)
    .query(({ ctx, input }) => listViews({ actor: ctx.actor, list: input.list })),
  everywhere: procedure('session.own').query(({ ctx }) => findViews({ actor: ctx.actor })),
  save: procedure('session.own')
    .input(saveViewInput)
    .mutation(({ ctx, input }) => saveView({ actor: ctx.actor, view: input })),
  remove: procedure('session.own')
    .input(viewId)
    .mutation(({ ctx, input }) => removeView({ actor: ctx.actor, id: input.id })),
});
