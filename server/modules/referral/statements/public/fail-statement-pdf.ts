import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';

/** Leaves a trace that a statement's PDFs could not be made; they can be asked for again. */
export async function failStatementPdf({
  actor,
  statementId,
  code,
}: {
  actor: Actor;
  statementId: string;
  code: string;
}): Promise<void> {
  const detail = { code };
  await inTransaction((tx) =>
    recordAudit(tx, { actor, action: 'statement.pdf-failed', entity: 'statement', entityId: statementId, detail }),
  );
}
