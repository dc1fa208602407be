import { z } from 'zod';
import { documentAnswer } from '@/server/http/document-answer';
import { staffRoute } from '@/server/http/staff-route';
import { DOCUMENT_KINDS, documentLanguage } from '@/server/modules/core/documents/schema';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { renderReceipt } from '@/server/modules/sales/orders/use-cases/render-receipt';
import { notFound } from '@/server/platform/errors';

const address = z.object({ kind: z.enum(DOCUMENT_KINDS), owner: z.uuid() });

/** The newest document of an order or a statement, for staff; a receipt is rendered on the first request: `/api/documents/of/receipt/<order>?lang=vi`. */
export const GET = staffRoute(
  'document.read',
  async ({ request, actor, params }) => {
    const asked = address.safeParse(params).data;
    if (!asked) throw notFound('document');
    const language = documentLanguage.catch('vi').parse(new URL(request.url).searchParams.get('lang'));
    // What it shows now need not be its newest version: a name that was changed, and back again, has an older one.
    const document =
      asked.kind === 'receipt'
        ? { id: (await renderReceipt({ actor, orderId: asked.owner, language })).documentId }
        : { kind: asked.kind, ownerId: asked.owner, language };
    return documentAnswer(await openDocument({ actor, document }), 'inline');
  },
  { hides: 'document' },
);

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
