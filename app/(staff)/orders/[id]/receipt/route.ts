import { z } from 'zod';
import { seeOther } from '@/server/http/answers';
import { staffRoute } from '@/server/http/staff-route';
import { renderReceipt } from '@/server/modules/sales/orders/use-cases/render-receipt';
import { notFound } from '@/server/platform/errors';

const asked = z.object({ orderId: z.uuid(), language: z.enum(['vi', 'en']).catch('vi') });

/** The receipt of an order, made at once where it is not there yet. For who may not read it there is no such order. */
export const GET = staffRoute(
  'document.read',
  async ({ request, actor, params }) => {
    const language = new URL(request.url).searchParams.get('language');
    const given = asked.safeParse({ orderId: params.id, language });
    if (!given.success) throw notFound('order');
    const { documentId } = await renderReceipt({ actor, ...given.data });
    return seeOther(`/api/documents/${documentId}`);
  },
  { hides: 'order' },
);

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
