import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { MOST_IN_A_BATCH } from '@/server/api/batch';
import { contextOfCall } from '@/server/api/context-of-call';
import { appRouter } from '@/server/api/root';

// No page, so nothing may be loaded because of it. The gate of pages (proxy.ts) stands beside. What names patients stays in no
// browser's files.
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
};

const handler = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: contextOfCall,
    maxBatchSize: MOST_IN_A_BATCH,
    responseMeta: () => ({ headers }),
  });

export { handler as GET, handler as POST };
