import { newcomerProcedure, procedure, router } from '@/server/api/trpc';
import { changePasswordInput, endSessionInput } from './schema';
import { changePassword } from './use-cases/change-password';
import { endOtherSessions } from './use-cases/end-other-sessions';
import { endSession } from './use-cases/end-session';
import { listOwnSessions } from './use-cases/list-own-sessions';

export const identityRouter = router({
  sessions: procedure('session.own').query(({ ctx }) =>
    listOwnSessions({ actor: ctx.actor, currentId: ctx.sessionId ?? null }),
  ),

  endSession: procedure('session.own')
    .input(endSessionInput)
    .mutation(({ ctx, input }) => endSession({ actor: ctx.actor, id: input.id })),

  endOtherSessions: procedure('session.own').mutation(({ ctx }) =>
    endOtherSessions({ actor: ctx.actor, currentId: ctx.sessionId ?? null }),
  ),

  changePassword: newcomerProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword({ actor: ctx.actor, ...input })),
});
