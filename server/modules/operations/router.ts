import { router } from '@/server/api/trpc';

export const operationsRouter = router({});
