import { z } from 'zod';
import { refusal, seeOther } from '@/server/api/gate-answers';
import { requestContext } from '@/server/api/session';
import { makeReceipt } from '@/server/modules/sales/orders/use-cases/make-receipt';
import { notFound } from '@/server/platform/errors';
import { can } from '@/server/platform/permissions';

const asked = z.object({ orderId: z.uuid(), language: z.enum(['vi', 'en']).catch('vi') });

/** The receipt of an order, made at once where it is not there yet. For who may not read it there is no such order. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { staff, correlationId } = await requestContext();
  try {
    const { id } = await params;
    const given = asked.safeParse({ orderId: id, language: new URL(request.url).searchParams.get('language') });
    if (!given.success || !staff || !can(staff.role, 'document.read')) throw notFound('order');
    const { documentId } = await makeReceipt({ actor: staff, ...given.data });
    return seeOther(`/api/documents/${documentId}`);
  } catch (error) {
    return refusal(error, correlationId);
  }
}

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
