import { procedure, router } from '@/server/api/trpc';
import { linkLife } from './queries';
import { lifeInput, linkInput } from './schema';
import { revokeLink } from './use-cases/revoke-link';

export const gateRouter = router({
  life: procedure('statement.read')
    .input(lifeInput)
    .query(({ input }) => linkLife(input.statementId)),
  revoke: procedure('statement.publish')
    .input(linkInput)
    .mutation(({ ctx, input }) => revokeLink({ actor: ctx.actor, linkId: input.linkId })),
});
