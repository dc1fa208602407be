import { router } from '@/server/api/trpc';

export const gateRouter = router({});
