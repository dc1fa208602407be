import { storage } from '@/server/integrations/storage/port';
import type { Visitor } from '@/server/modules/gate/schema';
import { recordView } from '@/server/modules/gate/use-cases/record-view';
import type { DoctorActor } from '@/server/platform/actor';
import { notFound } from '@/server/platform/errors';
import { doctorMayRead } from '../policy';
import { type DocumentWithFacts, documentById, documentOf, statementOfLink } from '../queries';
import { fileName } from '../rules';
import type { DocumentLanguage, OpenedDocument } from '../schema';

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
  const found = statementId && (await findDocument(document, statementId));
  if (!found || !doctorMayRead(found, statementId)) throw notFound('document');
  const { bytes, content } = await storage().open(found.storageKey);
  const detail = { documentId: found.id, language: found.language };
  await recordView({ actor, visitor, reading: { kind: 'downloaded', thing: found.id, detail } });
  return { bytes, content, sha256: found.sha256, fileName: fileName(found) };
}

const findDocument = (
  document: { id: string } | { language: DocumentLanguage },
  ownerId: string,
): Promise<DocumentWithFacts | null> =>
  'id' in document
    ? documentById(document.id)
    : documentOf({ kind: 'statement', ownerId, language: document.language });
