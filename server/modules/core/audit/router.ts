import { router } from '@/server/api/trpc';

export const auditRouter = router({});
