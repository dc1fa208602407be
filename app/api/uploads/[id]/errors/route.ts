import { z } from 'zod';
import { refusal } from '@/server/api/gate-answers';
import { requestContext } from '@/server/api/session';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { notFound, PortalError } from '@/server/platform/errors';
import { can } from '@/server/platform/permissions';

/** The wrong cells of an upload as CSV, for whoever mends the sheet. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { staff, locale, correlationId } = await requestContext();
  try {
    if (!staff) throw new PortalError('unauthenticated', 'sign_in_first');
    if (!can(staff.role, 'upload.read')) throw new PortalError('forbidden', 'not_permitted');
    const id = z.uuid().safeParse((await params).id).data;
    if (!id) throw notFound('upload');
    const csv = await exportUploadErrors({ actor: staff, id, locale });
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="errors-${id}.csv"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (error) {
    return refusal(error, correlationId);
  }
}
