import { procedure, router } from '@/server/api/trpc';
import { ownApproval } from './queries';
import { approvalId, approveHereInput, decideApprovalInput } from './schema';
import { approveHere } from './use-cases/approve-here';
import { decideApproval } from './use-cases/decide-approval';
import { listWaitingApprovals } from './use-cases/list-waiting-approvals';
import { withdrawApproval } from './use-cases/withdraw-approval';

export const approvalsRouter = router({
  waiting: procedure('approval.decide').query(({ ctx }) => listWaitingApprovals({ actor: ctx.actor })),
  decide: procedure('approval.decide')
    .input(decideApprovalInput)
    .mutation(({ ctx, input }) => decideApproval({ actor: ctx.actor, ...input })),
  mine: procedure('order.refund')
    .input(approvalId)
    .query(({ ctx, input }) => ownApproval({ actor: ctx.actor, id: input.id })),
  approveHere: procedure('order.refund')
    .input(approveHereInput)
    .mutation(({ ctx, input }) => approveHere({ actor: ctx.actor, addressHash: ctx.addressHash, ...input })),
  withdraw: procedure('order.refund')
    .input(approvalId)
    .mutation(({ ctx, input }) => withdrawApproval({ actor: ctx.actor, id: input.id })),
});
