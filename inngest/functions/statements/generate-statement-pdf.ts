import { defineFunction } from '@/inngest/define-function';
import { statementApproved, statementPdfRequested } from '@/inngest/events/statements';
import { announceStatementPdf } from '@/server/modules/statements/use-cases/announce-statement-pdf';
import { generateStatementPdf } from '@/server/modules/statements/use-cases/generate-statement-pdf';
import { giveUpStatementPdf } from '@/server/modules/statements/use-cases/give-up-statement-pdf';
import { systemActor } from '@/server/platform/actor';

/** Draws a sealed statement in both languages from its snapshot. Equal snapshots give equal bytes, which are kept once. */
export const generateStatementPdfFunction = defineFunction(
  {
    id: 'generate-statement-pdf',
    replaces: 'consumer-generate-statement-pdf',
    on: [statementApproved, statementPdfRequested],
    retries: 8,
    concurrency: { limit: 4 },
    whenFailed: ({ statementId }, code) =>
      giveUpStatementPdf({ actor: systemActor('generate-statement-pdf'), statementId, code }),
  },
  async ({ data, runId, step }) => {
    if (!data) return null;
    const actor = systemActor('generate-statement-pdf', runId);
    const { statementId } = data;
    const documents = await Promise.all([
      step.run('vi', () => generateStatementPdf({ actor, statementId, language: 'vi' })),
      step.run('en', () => generateStatementPdf({ actor, statementId, language: 'en' })),
    ]);
    return step.run('announce', () => announceStatementPdf({ actor, statementId, documents }));
  },
);
