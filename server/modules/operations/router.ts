import { procedure, router } from '@/server/api/trpc';
import { readOverview } from './queries';

export const operationsRouter = router({
  overview: procedure('operations.read').query(() => readOverview()),
});
