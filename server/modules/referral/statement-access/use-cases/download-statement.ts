import { openOwnedDocument } from '@/server/modules/core/documents/public/open-owned-document';
import type { DocumentLanguage, OpenedDocument } from '@/server/modules/core/documents/schema';
import type { DoctorActor } from '@/server/platform/actor';
import { notFound } from '@/server/platform/errors';
import { recordView } from '../public/record-view';
import { statementOfLink } from '../queries';
import type { Visitor } from '../schema';

/**
 * Opens the PDF of the statement whose link the doctor opened, in a language or by its id, and counts the download. Every
 * other document is `not_found`. Throws `file_missing`, `storage_unavailable`.
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
  const opened = await openOwnedDocument({ owner: { kind: 'statement', id: statementId }, document });
  const { id, language, bytes, content, sha256, fileName } = opened;
  const detail = { documentId: id, language };
  await recordView({ actor, visitor, reading: { kind: 'downloaded', thing: id, detail } });
  return { bytes, content, sha256, fileName };
}
