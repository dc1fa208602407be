import { defineFunction } from '@/inngest/define-function';
import { generationRequested } from '@/inngest/events/statements';
import { draftStatements } from '@/server/modules/statements/use-cases/draft-statements';
import { giveUpRun } from '@/server/modules/statements/use-cases/give-up-run';
import { takeUpRun } from '@/server/modules/statements/use-cases/take-up-run';

/**
 * Makes the drafts of one chunk of doctors. Two at a time: each is one heavy statement of SQL. A chunk's receipt is written
 * with its drafts, so that a repeat neither drafts nor counts twice.
 */
export const doctorStatementFunction = defineFunction(
  {
    id: 'doctor-statement',
    replaces: 'consumer-doctor-statement',
    on: [generationRequested],
    retries: 5,
    concurrency: { limit: 2 },
    about: ({ runId }) => ({ kind: 'statement-run', id: runId }),
    effects: ({ runId, chunk, doctorIds }) => [
      { kind: 'statements', key: `statement-drafts:${runId}:${chunk}`, count: doctorIds.length },
    ],
    whenFailed: ({ runId }, code, actor) => giveUpRun({ actor, runId, code }),
    whenReplayed: ({ runId, periodId }, actor) => takeUpRun({ actor, runId, periodId }),
  },
  ({ data, actor, step }) => step.run('draft', async () => (data ? draftStatements({ actor, ...data }) : null)),
);
