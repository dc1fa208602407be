import { storage } from '@/server/integrations/storage/port';
import type { StaffActor } from '@/server/platform/actor';
import { notFound } from '@/server/platform/errors';
import { recordRead } from '@/server/platform/reads';
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
  const detail = { kind: found.kind, ownerId: found.ownerId, language: found.language, version: found.version };
  await recordRead({ actor, entity: 'document', entityId: found.id, branchId: found.branchId, detail });
  return { bytes, content, sha256: found.sha256, fileName: fileName(found) };
}
