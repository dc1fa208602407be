import type { Handler } from '@/inngest/define-function';
import type { statementApproved, statementPdfRequested } from '@/inngest/events/referral/statements';
import { announceStatementPdf } from '@/server/modules/referral/statements/public/announce-statement-pdf';
import { failStatementPdf } from '@/server/modules/referral/statements/public/fail-statement-pdf';
import { generateStatementPdf } from '@/server/modules/referral/statements/public/generate-statement-pdf';

export const handler: Handler<typeof statementApproved | typeof statementPdfRequested> = {
  run: async ({ data, actor, step }) => {
    if (!data) return null;
    const { statementId } = data;
    const documents = await Promise.all([
      step.run('vi', () => generateStatementPdf({ actor, statementId, language: 'vi' })),
      step.run('en', () => generateStatementPdf({ actor, statementId, language: 'en' })),
    ]);
    return step.run('announce', () => announceStatementPdf({ actor, statementId, documents }));
  },
  onFailure: ({ statementId }, code, actor) => failStatementPdf({ actor, statementId, code }),
};
