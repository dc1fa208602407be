import type { Handler } from '@/inngest/define-function';
import type { generationRequested } from '@/inngest/events/referral/statements';
import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { failRun } from '@/server/modules/referral/statements/public/fail-run';
import { resumeRun } from '@/server/modules/referral/statements/public/resume-run';

export const handler: Handler<typeof generationRequested> = {
  run: ({ data, actor, step }) => step.run('draft', async () => (data ? draftStatements({ actor, ...data }) : null)),
  onFailure: ({ runId }, code, actor) => failRun({ actor, runId, code }),
  onReplay: ({ runId, periodId }, actor) => resumeRun({ actor, runId, periodId }),
};
