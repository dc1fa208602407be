import { defineFunction } from '@/inngest/define-function';
import { batchRequested } from '@/inngest/events/statements';
import { giveUpRun } from '@/server/modules/statements/use-cases/give-up-run';
import { requestDueRun } from '@/server/modules/statements/use-cases/request-due-run';
import { startStatementBatch } from '@/server/modules/statements/use-cases/start-statement-batch';
import { takeUpRun } from '@/server/modules/statements/use-cases/take-up-run';

/** Fans a run out to its doctors. At two in the morning after a month's end it asks for that month's run by itself. */
export const statementBatchPublisherFunction = defineFunction(
  {
    id: 'statement-batch-publisher',
    replaces: 'wrk--batch-publisher',
    on: [batchRequested],
    cron: 'TZ=Asia/Ho_Chi_Minh 0 2 1 * *',
    retries: 5,
    concurrency: { limit: 1 },
    about: ({ runId }) => ({ kind: 'statement-run', id: runId }),
    effects: ({ runId }) => [{ kind: 'statements', key: `statement-run:${runId}` }],
    whenFailed: ({ runId }, code, actor) => giveUpRun({ actor, runId, code }),
    whenReplayed: ({ runId, periodId }, actor) => takeUpRun({ actor, runId, periodId }),
  },
  ({ data, actor, step }) => {
    return data
      ? step.run('fan-out', () => startStatementBatch({ actor, ...data }))
      : step.run('request', () => requestDueRun({ actor }));
  },
);
