import { z } from 'zod';
import { staffRoute } from '@/server/http/staff-route';
import { sendFile } from '@/server/http/while-allowed';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { notFound } from '@/server/platform/errors';

/** The wrong cells of an upload as CSV, for whoever mends the sheet. */
export const GET = staffRoute('upload.read', async ({ request, actor, params, locale, isStillSignedIn }) => {
  const id = z.uuid().safeParse(params.id).data;
  if (!id) throw notFound('upload');
  return sendFile({ request, owner: actor.id, isStillSignedIn }, async () => ({
    pieces: await exportUploadErrors({ actor, id, locale }),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="errors-${id}.csv"`,
    },
  }));
});

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
