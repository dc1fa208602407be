import { procedure, router } from '@/server/api/trpc';
import { pageInput } from '@/server/platform/paging';
import { checkGateways } from './use-cases/check-gateways';
import { openBox } from './use-cases/open-box';

export const messagesRouter = router({
  list: procedure('message.read')
    .input(pageInput)
    .query(({ ctx, input }) => openBox({ actor: ctx.actor, ...input })),
  gateways: procedure('operations.read').query(() => ({ missing: checkGateways() })),
});
