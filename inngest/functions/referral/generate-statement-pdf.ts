import { defineFunction } from '@/inngest/define-function';
import { statementApproved, statementPdfRequested } from '@/inngest/events/referral/statements';
import { effectKey } from '@/server/domain/effect-keys';

/** Renders a sealed statement in both languages from its snapshot. Equal snapshots give equal bytes, which are stored once. */
export const generateStatementPdfFunction = defineFunction({
  id: 'generate-statement-pdf',
  replaces: 'consumer-generate-statement-pdf',
  triggers: [statementApproved, statementPdfRequested],
  retries: 8,
  concurrency: { limit: 4 },
  subject: ({ statementId }) => ({ kind: 'statement', id: statementId }),
  effects: ({ statementId }) => [
    { kind: 'pdf', key: effectKey.document(statementId, 'statement', 'vi') },
    { kind: 'pdf', key: effectKey.document(statementId, 'statement', 'en') },
  ],
  handler: () => import('./generate-statement-pdf.handler'),
});
