import { procedure, router } from '@/server/api/trpc';
import { linkHistory } from './queries';
import { linkHistoryInput, lockoutsInput, replaceInput, revokeInput, unlockInput } from './schema';
import { replaceLink } from './use-cases/replace-link';
import { revokeLink } from './use-cases/revoke-link';
import { showLockouts } from './use-cases/show-lockouts';
import { unlockGate } from './use-cases/unlock-gate';

export const gateRouter = router({
  life: procedure('statement.read')
    .input(linkHistoryInput)
    .query(({ input }) => linkHistory(input.statementId)),
  revoke: procedure('statement.publish')
    .input(revokeInput)
    .mutation(({ ctx, input }) => revokeLink({ actor: ctx.actor, ...input })),
  replace: procedure('statement.publish')
    .input(replaceInput)
    .mutation(({ ctx, input }) => replaceLink({ actor: ctx.actor, ...input })),
  lockouts: procedure('doctor.read')
    .input(lockoutsInput)
    .query(({ ctx, input }) => showLockouts({ actor: ctx.actor, doctorId: input.doctorId })),
  unlock: procedure('gate.unlock')
    .input(unlockInput)
    .mutation(({ ctx, input }) => unlockGate({ actor: ctx.actor, doctorId: input.doctorId })),
});
