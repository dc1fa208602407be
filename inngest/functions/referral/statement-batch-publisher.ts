import { defineFunction } from '@/inngest/define-function';
import { batchRequested } from '@/inngest/events/referral/statements';
import { effectKey } from '@/server/domain/effect-keys';

/** Fans a run out to its doctors. At two in the morning after a month's end it asks for that month's run by itself. */
export const statementBatchPublisherFunction = defineFunction({
  id: 'statement-batch-publisher',
  replaces: 'wrk--batch-publisher',
  triggers: [batchRequested],
  cron: 'TZ=Asia/Ho_Chi_Minh 0 2 1 * *',
  retries: 5,
  concurrency: { limit: 1 },
  subject: ({ runId }) => ({ kind: 'statement-run', id: runId }),
  effects: ({ runId }) => [{ kind: 'statements', key: effectKey.statementRun(runId) }],
  handler: () => import('./statement-batch-publisher.handler'),
});
