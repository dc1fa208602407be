import { router } from '@/server/api/trpc';

export const searchRouter = router({});
