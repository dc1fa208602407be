import { defineFunction } from '@/inngest/define-function';
import { statementApproved, statementPdfRequested } from '@/inngest/events/statements';
import { announceStatementPdf } from '@/server/modules/statements/use-cases/announce-statement-pdf';
import { generateStatementPdf } from '@/server/modules/statements/use-cases/generate-statement-pdf';
import { giveUpStatementPdf } from '@/server/modules/statements/use-cases/give-up-statement-pdf';

/** Draws a sealed statement in both languages from its snapshot. Equal snapshots give equal bytes, which are kept once. */
export const generateStatementPdfFunction = defineFunction(
  {
    id: 'generate-statement-pdf',
    replaces: 'consumer-generate-statement-pdf',
    on: [statementApproved, statementPdfRequested],
    retries: 8,
    concurrency: { limit: 4 },
    about: ({ statementId }) => ({ kind: 'statement', id: statementId }),
    effects: ({ statementId }) => [
      { kind: 'pdf', key: `document:${statementId}:statement:vi` },
      { kind: 'pdf', key: `document:${statementId}:statement:en` },
    ],
    whenFailed: ({ statementId }, code, actor) => giveUpStatementPdf({ actor, statementId, code }),
  },
  async ({ data, actor, step }) => {
    if (!data) return null;
    const { statementId } = data;
    const documents = await Promise.all([
      step.run('vi', () => generateStatementPdf({ actor, statementId, language: 'vi' })),
      step.run('en', () => generateStatementPdf({ actor, statementId, language: 'en' })),
    ]);
    return step.run('announce', () => announceStatementPdf({ actor, statementId, documents }));
  },
);
