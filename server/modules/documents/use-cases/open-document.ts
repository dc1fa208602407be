import { storage } from '@/server/integrations/storage/port';
import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { staffMayRead } from '../policy';
import { documentById, documentOf } from '../queries';
import { fileName } from '../rules';
import type { DocumentKind, DocumentLanguage, OpenedDocument } from '../schema';

export type DocumentAddress = { id: string } | { kind: DocumentKind; ownerId: string; language: DocumentLanguage };

/**
 * Opens a document for staff, by its id or as the newest of an owner, and leaves a record of who read it. One that is not
 * there and one that is not theirs are the same `not_found`. Throws `file_missing`, `storage_unavailable`.
 */
export async function openDocument({
  actor,
  document: address,
}: {
  actor: StaffActor;
  document: DocumentAddress;
}): Promise<OpenedDocument> {
  const found = 'id' in address ? await documentById(address.id) : await documentOf(address);
  if (!found || !staffMayRead(actor, found)) throw notFound('document');
  const { bytes, content } = await storage().open(found.storageKey);
  await inTransaction((tx) => {
    const detail = { kind: found.kind, ownerId: found.ownerId, language: found.language, version: found.version };
    const { id: entityId, branchId } = found;
    return recordAudit(tx, { actor, action: 'document.read', entity: 'document', entityId, branchId, detail });
  });
  return { bytes, content, sha256: found.sha256, fileName: fileName(found) };
}
