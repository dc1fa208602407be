import { openOwnedDocument } from '@/server/modules/core/documents/public/open-owned-document';
import type { DocumentLanguage, OpenedDocument } from '@/server/modules/core/documents/schema';
import type { DoctorActor } from '@/server/platform/actor';
import { notFound, PortalError } from '@/server/platform/errors';
import { recordView } from '../public/record-view';
import { statementOfLink } from '../queries';
import type { Visitor } from '../schema';

/**
 * Opens the PDF of the statement whose link the doctor opened, in a language or by its id, and counts the download. Every
 * other document is `not_found`. Throws `document_pending` (retryable) while it is being rendered, `file_missing`,
 * `storage_unavailable`.
 */
export async function downloadStatement({
  actor,
  document,
  visitor,
}: {
  actor: DoctorActor;
  document: { id: string } | { language: DocumentLanguage };
  visitor: Visitor;
}): Promise<OpenedDocument> {
  const statementId = await statementOfLink(actor.linkId);
  if (!statementId) throw notFound('document');
  const owner = { kind: 'statement', id: statementId } as const;
  const opened = await openOwnedDocument({ owner, document }).catch((error: unknown) => {
    // Rendered behind the publication: whoever is faster waits for it.
    const isPending = 'language' in document && error instanceof PortalError && error.code === 'not_found';
    throw isPending ? new PortalError('unavailable', 'document_pending', { cause: error }) : error;
  });
  const { id, language, bytes, content, sha256, fileName } = opened;
  const detail = { documentId: id, language };
  await recordView({ actor, visitor, reading: { kind: 'downloaded', thing: id, detail } });
  return { bytes, content, sha256, fileName };
}
