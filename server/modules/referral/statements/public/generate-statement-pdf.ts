import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { renderPdf } from '@/server/pdf/render';
import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { notFound } from '@/server/platform/errors';
import { sealedStatement } from '../queries';
import { pdfView } from '../rules';

/**
 * Renders a sealed statement in one language from its snapshot and stores the file; the same snapshot gives the same bytes, so
 * that a repeat finds its own file. Throws `not_found`, and what rendering and storing throw.
 */
export async function generateStatementPdf({
  actor,
  statementId,
  language,
}: {
  actor: Actor;
  statementId: string;
  language: 'vi' | 'en';
}): Promise<{ documentId: string; sha256: string }> {
  const sealed = await sealedStatement(statementId);
  if (!sealed) throw notFound('sealed statement');
  const bytes = await renderPdf('statement', language, pdfView(sealed.content, sealed.hash, env().PUBLIC_URL));
  return storeDocument({ actor, kind: 'statement', ownerId: statementId, language, bytes });
}
