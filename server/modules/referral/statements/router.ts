import { doctorProcedure, procedure, publicProcedure, router } from '@/server/api/trpc';
import { listPeriods, listStatements, monthOverview } from './queries';
import {
  approveInput,
  hashInput,
  listStatementsInput,
  monthActionInput,
  monthInput,
  reviewInput,
  statementId,
} from './schema';
import { approveStatements } from './use-cases/approve-statements';
import { openStatement } from './use-cases/open-statement';
import { publishStatements } from './use-cases/publish-statements';
import { readOwnStatement } from './use-cases/read-own-statement';
import { requestStatementPdf } from './use-cases/request-statement-pdf';
import { requestStatementRun } from './use-cases/request-statement-run';
import { reviewStatement } from './use-cases/review-statement';
import { verifySeal } from './use-cases/verify-seal';

export const statementsRouter = router({
  periods: procedure('statement.read').query(() => listPeriods()),
  month: procedure('statement.read')
    .input(monthInput)
    .query(({ input }) => monthOverview(input.month)),
  list: procedure('statement.read')
    .input(listStatementsInput)
    .query(({ input }) => listStatements(input)),
  byId: procedure('statement.read')
    .input(statementId)
    .query(({ ctx, input }) => openStatement({ actor: ctx.actor, id: input.statementId })),
  run: procedure('statement.run')
    .input(monthInput)
    .mutation(({ ctx, input }) => requestStatementRun({ actor: ctx.actor, month: input.month })),
  review: procedure('statement.run')
    .input(reviewInput)
    .mutation(({ ctx, input }) => reviewStatement({ actor: ctx.actor, ...input })),
  approve: procedure('statement.approve')
    .input(approveInput)
    .mutation(({ ctx, input }) =>
      approveStatements({
        actor: ctx.actor,
        month: input.month,
        only: input.only ?? null,
        beforeEnd: input.beforeEnd,
      }),
    ),
  publish: procedure('statement.publish')
    .input(monthActionInput)
    .mutation(({ ctx, input }) =>
      publishStatements({ actor: ctx.actor, month: input.month, only: input.only ?? null }),
    ),
  requestPdf: procedure('statement.publish')
    .input(statementId)
    .mutation(({ ctx, input }) => requestStatementPdf({ actor: ctx.actor, ...input })),
  mine: doctorProcedure.query(({ ctx }) => readOwnStatement({ actor: ctx.actor, visitor: ctx.visitor })),
  verify: publicProcedure
    .input(hashInput)
    .query(({ ctx, input }) => verifySeal({ hash: input.hash, addressHash: ctx.addressHash })),
});
