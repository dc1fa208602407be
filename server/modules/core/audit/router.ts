import { procedure, router } from '@/server/api/trpc';
import { listEntries } from './queries';
import { listEntriesInput } from './schema';
import { showChain } from './use-cases/show-chain';

export const auditRouter = router({
  list: procedure('audit.read')
    .input(listEntriesInput)
    .query(({ input }) => listEntries(input)),
  chain: procedure('audit.read').query(() => showChain()),
});
