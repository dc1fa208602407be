import { router } from '@/server/api/trpc';

export const identityRouter = router({});
