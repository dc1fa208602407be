import { router } from '@/server/api/trpc';

export const ordersRouter = router({});
