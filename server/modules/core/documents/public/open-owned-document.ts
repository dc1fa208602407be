import { storage } from '@/server/integrations/storage/port';
import { notFound } from '@/server/platform/errors';
import { ownerMayRead } from '../policy';
import { documentById, documentOf } from '../queries';
import { fileName } from '../rules';
import type { DocumentKind, DocumentLanguage, OpenedDocument } from '../schema';

/**
 * Opens a document of one owner, by its id or in a language, for somebody whom the owner's module let in; that module records
 * the reading. Every other document is `not_found`. Throws `file_missing`, `storage_unavailable`.
 */
export async function openOwnedDocument({
  owner,
  document,
}: {
  owner: { kind: DocumentKind; id: string };
  document: { id: string } | { language: DocumentLanguage };
}): Promise<OpenedDocument & { id: string; language: DocumentLanguage }> {
  const found =
    'id' in document
      ? await documentById(document.id)
      : await documentOf({ kind: owner.kind, ownerId: owner.id, language: document.language });
  if (!found || !ownerMayRead(found, owner)) throw notFound('document');
  const { bytes, content } = await storage().open(found.storageKey);
  const { id, language, sha256 } = found;
  return { id, language, bytes, content, sha256, fileName: fileName(found) };
}
