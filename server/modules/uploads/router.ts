import { router } from '@/server/api/trpc';

export const uploadsRouter = router({});
