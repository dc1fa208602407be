import { db, sql, type Transaction } from '@/server/platform/db';
import type { DocumentKind, DocumentLanguage, StoredDocument } from './schema';

const columns = sql`id, kind, owner_id AS "ownerId", language, version, storage_key AS "storageKey", sha256, bytes`;

/** The newest version of a document, or null. */
export async function findNewest(of: {
  kind: DocumentKind;
  ownerId: string;
  language: DocumentLanguage;
}): Promise<StoredDocument | null> {
  const rows = await db().$queryRaw<StoredDocument[]>(sql`
    SELECT ${columns} FROM document
    WHERE kind = ${of.kind} AND owner_id = ${of.ownerId}::uuid AND language = ${of.language}
    ORDER BY version DESC LIMIT 1`);
  return rows[0] ?? null;
}

/** Adds a version; null where another writer took its number first. */
export async function addVersion(tx: Transaction, document: Omit<StoredDocument, 'id'>): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO document (kind, owner_id, language, version, storage_key, sha256, bytes)
    VALUES (${document.kind}, ${document.ownerId}::uuid, ${document.language}, ${document.version},
      ${document.storageKey}, ${document.sha256}, ${document.bytes})
    ON CONFLICT DO NOTHING RETURNING id`);
  return rows[0]?.id ?? null;
}
