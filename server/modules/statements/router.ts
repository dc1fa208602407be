import { router } from '@/server/api/trpc';

export const statementsRouter = router({});
