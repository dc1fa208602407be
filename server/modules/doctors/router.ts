import { router } from '@/server/api/trpc';

export const doctorsRouter = router({});
