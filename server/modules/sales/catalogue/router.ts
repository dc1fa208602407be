import { router } from '@/server/api/trpc';

export const catalogueRouter = router({});
