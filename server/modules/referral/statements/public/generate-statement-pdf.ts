import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { renderPdf } from '@/server/pdf/render';
import type { StatementView } from '@/server/pdf/statement/view-model';
import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { notFound } from '@/server/platform/errors';
import { sealedStatement } from '../queries';
import { verifyAddress } from '../rules';
import type { StatementContent } from '../schema';

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

/** The frozen content as the PDF renders it. A document is rendered once, so it says `approved` whatever comes after. */
function pdfView(content: StatementContent, hash: string, publicUrl: string): StatementView {
  const carried = content.carried.flatMap(({ day, orders }) =>
    orders.map((order) => ({
      day,
      reason: {
        vi: `Chuyển kỳ từ tháng ${day.slice(5, 7)}/${day.slice(0, 4)}: đơn ${order.reference ?? order.number}`,
        en: `Carried forward from ${day.slice(0, 7)}: order ${order.reference ?? order.number}`,
      },
      amount: order.lines.reduce((sum, line) => sum + BigInt(line.commission), 0n).toString(),
      kind: 'carry-forward' as const,
    })),
  );
  const { plan } = content.doctor;
  return {
    ...content,
    statement: { ...content.statement, state: 'approved' },
    doctor: { ...content.doctor, phone: null, email: null, plan: plan === null ? null : { vi: plan, en: plan } },
    adjustments: [
      ...content.adjustments.map((one) => ({
        ...one,
        reason: { vi: one.reason, en: one.reason },
        kind: 'adjustment' as const,
      })),
      ...carried,
    ],
    seal: { hash, verifyUrl: verifyAddress(publicUrl, hash), sealedAt: content.issuedAt },
  };
}
