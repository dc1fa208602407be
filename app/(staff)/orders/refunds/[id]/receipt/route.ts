import { z } from 'zod';
import { documentAnswer } from '@/server/http/document-answer';
import { staffRoute } from '@/server/http/staff-route';
import { openRefundReceipt } from '@/server/modules/sales/giving-back/use-cases/open-refund-receipt';
import { notFound } from '@/server/platform/errors';

const asked = z.object({ refundId: z.uuid(), language: z.enum(['vi', 'en']).catch('vi') });

/** The paper of a refund, made at once where it is not there yet. For who may not read it there is none. */
export const GET = staffRoute(
  'document.read',
  async ({ request, actor, params }) => {
    const language = new URL(request.url).searchParams.get('language');
    const given = asked.safeParse({ refundId: params.id, language });
    if (!given.success) throw notFound('refund');
    return documentAnswer(await openRefundReceipt({ actor, ...given.data }), 'inline');
  },
  { hides: 'refund' },
);

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
