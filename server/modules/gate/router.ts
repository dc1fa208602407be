import { procedure, router } from '@/server/api/trpc';
import { linkLife } from './queries';
import { lifeInput, linkInput, lockoutsInput, unlockInput } from './schema';
import { revokeLink } from './use-cases/revoke-link';
import { showLockouts } from './use-cases/show-lockouts';
import { unlockGate } from './use-cases/unlock-gate';

export const gateRouter = router({
  life: procedure('statement.read')
    .input(lifeInput)
    .query(({ input }) => linkLife(input.statementId)),
  revoke: procedure('statement.publish')
    .input(linkInput)
    .mutation(({ ctx, input }) => revokeLink({ actor: ctx.actor, linkId: input.linkId })),
  lockouts: procedure('doctor.read')
    .input(lockoutsInput)
    .query(({ ctx, input }) => showLockouts({ actor: ctx.actor, doctorId: input.doctorId })),
  unlock: procedure('gate.unlock')
    .input(unlockInput)
    .mutation(({ ctx, input }) => unlockGate({ actor: ctx.actor, doctorId: input.doctorId })),
});
