import { z } from 'zod';
import { documentAnswer } from '@/server/api/document-answer';
import { refusal } from '@/server/api/gate-answers';
import { requestContext } from '@/server/api/session';
import { DOCUMENT_KINDS, documentLanguage } from '@/server/modules/core/documents/schema';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { makeReceipt } from '@/server/modules/sales/orders/use-cases/make-receipt';
import { notFound } from '@/server/platform/errors';
import { can } from '@/server/platform/permissions';

const address = z.object({ kind: z.enum(DOCUMENT_KINDS), owner: z.uuid() });

type Props = { params: Promise<{ kind: string; owner: string }> };

/** The newest document of an order or a statement, for staff; a receipt is drawn where nobody wanted it yet: `/api/documents/of/receipt/<order>?lang=vi`. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { staff, correlationId } = await requestContext();
  try {
    const asked = address.safeParse(await params).data;
    if (!asked || !staff) throw notFound('document');
    const language = documentLanguage.catch('vi').parse(new URL(request.url).searchParams.get('lang'));
    const document = { kind: asked.kind, ownerId: asked.owner, language };
    if (asked.kind === 'receipt' && can(staff.role, 'document.read')) {
      await makeReceipt({ actor: staff, orderId: asked.owner, language });
    }
    return documentAnswer(await openDocument({ actor: staff, document }), 'inline');
  } catch (error) {
    return refusal(error, correlationId);
  }
}

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
