import type { Handler } from '@/inngest/define-function';
import type { batchRequested } from '@/inngest/events/referral/statements';
import { failRun } from '@/server/modules/referral/statements/public/fail-run';
import { requestDueRun } from '@/server/modules/referral/statements/public/request-due-run';
import { resumeRun } from '@/server/modules/referral/statements/public/resume-run';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';

export const handler: Handler<typeof batchRequested> = {
  run: ({ data, actor, step }) => {
    return data
      ? step.run('fan-out', () => startStatementBatch({ actor, ...data }))
      : step.run('request', () => requestDueRun({ actor }));
  },
  onFailure: ({ runId }, code, actor) => failRun({ actor, runId, code }),
  onReplay: ({ runId, periodId }, actor) => resumeRun({ actor, runId, periodId }),
};
