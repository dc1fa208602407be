import { router } from '@/server/api/trpc';

export const tillRouter = router({});
