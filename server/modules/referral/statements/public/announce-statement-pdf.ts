import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { claimEffect } from '../repository';

/** Says once that both PDFs of a statement are there; the same files again are no news. */
export async function announceStatementPdf({
  actor,
  statementId,
  documents,
}: {
  actor: Actor;
  statementId: string;
  documents: { documentId: string; sha256: string }[];
}): Promise<void> {
  const key = documents.map(({ documentId }) => documentId).join('+');
  await inTransaction(async (tx) => {
    if (!(await claimEffect(tx, `statement-pdf:${key}`, 'statement-pdf', statementId))) return;
    const detail = { documents: documents.length };
    await recordAudit(tx, { actor, action: 'statement.pdf-ready', entity: 'statement', entityId: statementId, detail });
    await publish(tx, 'statement/pdf.ready', { statementId });
  });
}
