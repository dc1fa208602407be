import { createHash } from 'node:crypto';
import { storage } from '@/server/integrations/storage/port';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { asPortalError, PortalError } from '@/server/platform/errors';
import { addVersion, findNewest } from '../repository';
import type { DocumentKind, DocumentLanguage, StoredDocument } from '../schema';

export type DocumentToStore = {
  actor: Actor;
  kind: DocumentKind;
  /** The order of a receipt, the statement of a statement's PDF. */
  ownerId: string;
  language: DocumentLanguage;
  bytes: Uint8Array;
};

/**
 * Keeps a document. The same bytes again answer the version that is there, and bring back its file where that was lost or damaged; other
 * bytes become the next version. The file is on the disk before its row exists. Throws `storage_unavailable` (retryable).
 */
export async function storeDocument(given: DocumentToStore): Promise<{ documentId: string; sha256: string }> {
  const sha256 = createHash('sha256').update(given.bytes).digest('hex');
  // Twenty writers at once each find either their own bytes or the next free number.
  for (let tries = 0; tries < 25; tries += 1) {
    const newest = await findNewest(given);
    if (newest?.sha256 === sha256) {
      await restoreFile(given, newest);
      return { documentId: newest.id, sha256 };
    }
    const documentId = await storeVersion(given, sha256, (newest?.version ?? 0) + 1);
    if (documentId) return { documentId, sha256 };
  }
  throw new PortalError('unavailable', 'storage_unavailable', { message: 'document versions kept changing' });
}

async function restoreFile(
  { actor, bytes }: DocumentToStore,
  { id, storageKey, sha256 }: StoredDocument,
): Promise<void> {
  if ((await hashOf(storageKey)) === sha256) return;
  await storage().put(storageKey, bytes);
  const detail = { sha256 };
  await inTransaction((tx) =>
    recordAudit(tx, { actor, action: 'document.restored', entity: 'document', entityId: id, detail }),
  );
}

/** The SHA-256 of a file, or null where there is none. */
async function hashOf(storageKey: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await storage().read(storageKey))
      .digest('hex');
  } catch (error) {
    if (asPortalError(error).kind === 'not-found') return null;
    throw error;
  }
}

async function storeVersion(given: DocumentToStore, sha256: string, version: number): Promise<string | null> {
  const { actor, kind, ownerId, language, bytes } = given;
  const storageKey = `${kind}/${ownerId}/${language}-${version}-${sha256}.pdf`;
  await storage().put(storageKey, bytes);
  return inTransaction(async (tx) => {
    const row = { kind, ownerId, language, version, storageKey, sha256, bytes: bytes.byteLength };
    const id = await addVersion(tx, row);
    if (!id) return null;
    const detail = { kind, ownerId, language, version, sha256, bytes: row.bytes };
    await recordAudit(tx, { actor, action: 'document.stored', entity: 'document', entityId: id, detail });
    return id;
  });
}
