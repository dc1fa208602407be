import { listExport } from '@/server/api/list-exports';
import { refusal, refusalAsJson } from '@/server/http/answers';
import { staffRoute } from '@/server/http/staff-route';
import { sendFile } from '@/server/http/while-allowed';

/** The list's own script has a sentence for the reason; a browser that opened the address gets a page. */
const refuse: typeof refusal = async (error, correlationId, asker) =>
  asker?.request.headers.get('accept')?.includes('text/html')
    ? refusal(error, correlationId, asker)
    : refusalAsJson(error, correlationId);

/** A list as a file, or as a page for paper, under the filters, order and columns that the address names. */
export const GET = staffRoute(
  'session.own',
  async ({ request, actor, params, locale, isStillSignedIn }) => {
    const { searchParams } = new URL(request.url);
    return sendFile({ request, owner: actor.id, isStillSignedIn }, async () => {
      const { body, type, title } = await listExport({ actor, address: searchParams, list: params.list, locale });
      const format = searchParams.get('format');
      const name = encodeURIComponent(`${title}.${format}`);
      const asFile = `attachment; filename="${params.list}.${format}"; filename*=UTF-8''${name}`;
      const headers = { 'content-type': type, ...(format !== 'html' && { 'content-disposition': asFile }) };
      return { pieces: body, headers };
    });
  },
  { refuse },
);

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
