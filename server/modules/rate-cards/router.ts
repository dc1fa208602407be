import { router } from '@/server/api/trpc';

export const rateCardsRouter = router({});
