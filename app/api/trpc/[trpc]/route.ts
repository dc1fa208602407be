import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { MOST_IN_A_BATCH } from '@/server/api/batch';
import { contextOfCall } from '@/server/api/context-of-call';
import { appRouter } from '@/server/api/root';

const handler = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: contextOfCall,
    maxBatchSize: MOST_IN_A_BATCH,
  });

export { handler as GET, handler as POST };
