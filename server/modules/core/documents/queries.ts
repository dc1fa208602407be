import { db, sql } from '@/server/platform/db';
import type { DocumentKind, DocumentLanguage, StoredDocument } from './schema';

export type DocumentWithFacts = StoredDocument & {
  /** The branch of a receipt's order. */
  branchId: string | null;
  /** Branches where something was paid for that order, too. */
  paidAt: string[];
  /** What people call its owner: an order's number, a statement's month and doctor code. */
  ownerName: string;
};

const columns = sql`d.id, d.kind, d.owner_id AS "ownerId", d.language, d.version, d.storage_key AS "storageKey", d.sha256, d.bytes,
  s.branch_id AS "branchId", CASE d.kind WHEN 'receipt' THEN branches_paid(d.owner_id) ELSE '{}' END AS "paidAt",
  coalesce(s.reference, '') AS "ownerName"`;

const owners = sql`document d LEFT JOIN LATERAL (
    SELECT branch_id, reference FROM subject WHERE subject.kind = CASE d.kind WHEN 'receipt' THEN 'order' ELSE d.kind END AND subject.id = d.owner_id
  ) s ON true`;

export async function documentById(id: string): Promise<DocumentWithFacts | null> {
  const rows = await db().$queryRaw<DocumentWithFacts[]>(
    sql`SELECT ${columns} FROM ${owners} WHERE d.id = ${id}::uuid`,
  );
  return rows[0] ?? null;
}

/** The newest version of what an owner has in a language, or null. */
export async function documentOf(of: {
  kind: DocumentKind;
  ownerId: string;
  language: DocumentLanguage;
}): Promise<DocumentWithFacts | null> {
  const rows = await db().$queryRaw<DocumentWithFacts[]>(sql`
    SELECT ${columns} FROM ${owners}
    WHERE d.kind = ${of.kind} AND d.owner_id = ${of.ownerId}::uuid AND d.language = ${of.language}
    ORDER BY d.version DESC LIMIT 1`);
  return rows[0] ?? null;
}
