import { defineFunction } from '@/inngest/define-function';
import { generationRequested } from '@/inngest/events/referral/statements';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * Makes the drafts of one chunk of doctors. Two at a time: each is one heavy statement of SQL. A chunk's effect is recorded
 * with its drafts, so that a repeat neither drafts nor counts twice.
 */
export const doctorStatementFunction = defineFunction({
  id: 'doctor-statement',
  replaces: 'consumer-doctor-statement',
  triggers: [generationRequested],
  retries: 5,
  concurrency: { limit: 2 },
  subject: ({ runId }) => ({ kind: 'statement-run', id: runId }),
  effects: ({ runId, chunk, doctorIds }) => [
    { kind: 'statements', key: effectKey.statementDrafts(runId, chunk), count: doctorIds.length },
  ],
  handler: () => import('./doctor-statement.handler'),
});
