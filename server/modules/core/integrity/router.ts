import { procedure, router } from '@/server/api/trpc';
import { showIntegrity } from './use-cases/show-integrity';

export const integrityRouter = router({
  diagnosis: procedure('operations.read').query(() => showIntegrity()),
});
