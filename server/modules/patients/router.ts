import { router } from '@/server/api/trpc';

export const patientsRouter = router({});
