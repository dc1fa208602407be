import { statementPdfReady } from '@/inngest/events/referral/statements';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { claimEffect, effect } from '@/server/platform/effects';
import { publish } from '@/server/platform/outbox';

/** Publishes once that both PDFs of a statement are stored; the same files again publish nothing. */
export async function announceStatementPdf({
  actor,
  statementId,
  documents,
}: {
  actor: Actor;
  statementId: string;
  documents: { documentId: string; sha256: string }[];
}): Promise<void> {
  const ids = documents.map(({ documentId }) => documentId);
  await inTransaction(async (tx) => {
    if (!(await claimEffect(tx, effect.statementPdf(statementId, ids)))) return;
    const detail = { documents: documents.length };
    await recordAudit(tx, { actor, action: 'statement.pdf-ready', entity: 'statement', entityId: statementId, detail });
    await publish(tx, statementPdfReady, { statementId });
  });
}
