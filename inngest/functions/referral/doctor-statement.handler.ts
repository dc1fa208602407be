import type { Handler } from '@/inngest/define-function';
import type { generationRequested } from '@/inngest/events/referral/statements';
import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { giveUpRun } from '@/server/modules/referral/statements/public/give-up-run';
import { takeUpRun } from '@/server/modules/referral/statements/public/take-up-run';

export const handler: Handler<typeof generationRequested> = {
  run: ({ data, actor, step }) => step.run('draft', async () => (data ? draftStatements({ actor, ...data }) : null)),
  onFailure: ({ runId }, code, actor) => giveUpRun({ actor, runId, code }),
  onReplay: ({ runId, periodId }, actor) => takeUpRun({ actor, runId, periodId }),
};
