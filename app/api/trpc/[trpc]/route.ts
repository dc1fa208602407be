import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { MOST_IN_A_BATCH } from '@/server/api/batch';
import { appRouter } from '@/server/api/root';
import { requestContext } from '@/server/api/session';

const handler = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: requestContext,
    maxBatchSize: MOST_IN_A_BATCH,
  });

export { handler as GET, handler as POST };
