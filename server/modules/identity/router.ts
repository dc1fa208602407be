import { procedure, router } from '@/server/api/trpc';
import { changePasswordInput } from './schema';
import { changePassword } from './use-cases/change-password';

export const identityRouter = router({
  changePassword: procedure('session.own')
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword({ actor: ctx.actor, ...input })),
});
