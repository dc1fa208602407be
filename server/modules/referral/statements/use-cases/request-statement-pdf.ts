import { statementPdfRequested } from '@/inngest/events/referral/statements';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { publish } from '@/server/platform/outbox';
import { sealedStatement } from '../queries';

/** Asks for the PDFs of a sealed statement again, such as after a file was lost. Throws `not_found`. */
export async function requestStatementPdf({
  actor,
  statementId,
}: {
  actor: Actor;
  statementId: string;
}): Promise<void> {
  if (!(await sealedStatement(statementId))) throw notFound('sealed statement');
  await inTransaction(async (tx) => {
    await recordAudit(tx, { actor, action: 'statement.pdf-requested', entity: 'statement', entityId: statementId });
    await publish(tx, statementPdfRequested, { statementId });
  });
}
