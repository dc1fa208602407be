import { router } from '@/server/api/trpc';

export const customersRouter = router({});
