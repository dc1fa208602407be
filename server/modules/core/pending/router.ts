import { procedure, router } from '@/server/api/trpc';
import { listPendingWork } from './use-cases/list-pending-work';

export const pendingRouter = router({
  mine: procedure('session.own').query(({ ctx }) => listPendingWork({ actor: ctx.actor })),
});
