import { procedure, router } from '@/server/api/trpc';
import { can } from '@/server/platform/permissions';
import { linkLife, listLockouts } from './queries';
import { lifeInput, linkInput, lockoutsInput, unlockInput } from './schema';
import { revokeLink } from './use-cases/revoke-link';
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
    .query(async ({ ctx, input }) => ({
      lockouts: await listLockouts(input.doctorId ?? null),
      mayUnlock: can(ctx.actor.role, 'gate.unlock'),
    })),
  unlock: procedure('gate.unlock')
    .input(unlockInput)
    .mutation(({ ctx, input }) => unlockGate({ actor: ctx.actor, doctorId: input.doctorId })),
});
