import { router } from '@/server/api/trpc';

export const messagesRouter = router({});
