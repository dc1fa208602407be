import type { Handler } from '@/inngest/define-function';
import type { batchRequested } from '@/inngest/events/referral/statements';
import { giveUpRun } from '@/server/modules/referral/statements/public/give-up-run';
import { requestDueRun } from '@/server/modules/referral/statements/public/request-due-run';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { takeUpRun } from '@/server/modules/referral/statements/public/take-up-run';

export const handler: Handler<typeof batchRequested> = {
  run: ({ data, actor, step }) => {
    return data
      ? step.run('fan-out', () => startStatementBatch({ actor, ...data }))
      : step.run('request', () => requestDueRun({ actor }));
  },
  onFailure: ({ runId }, code, actor) => giveUpRun({ actor, runId, code }),
  onReplay: ({ runId, periodId }, actor) => takeUpRun({ actor, runId, periodId }),
};
