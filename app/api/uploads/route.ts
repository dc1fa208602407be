import { requestContext } from '@/server/api/session';
import { sentFromHere } from '@/server/api/visitor';
import { receiveUpload } from '@/server/modules/uploads/use-cases/receive-upload';
import { asPortalError, httpStatus, PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { can } from '@/server/platform/permissions';

const NAME = 'x-file-name';

/** The file's name as the browser sent it, percent-encoded. */
function nameOf(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get(NAME) ?? '');
  } catch {
    return '';
  }
}

/**
 * Takes a sheet of orders as the bare body of the request, its name in `x-file-name`. A form of another site can send neither
 * that header nor pass the check of where it came from. Answers `{id}`, or `{reason, params, correlationId}` with the status.
 */
export async function POST(request: Request): Promise<Response> {
  const { staff, correlationId } = await requestContext();
  try {
    if (!staff) throw new PortalError('unauthenticated', 'sign_in_first');
    if (!can(staff.role, 'upload.write') || !(await sentFromHere()) || !request.headers.has(NAME))
      throw new PortalError('forbidden', 'not_permitted', { params: { permission: 'upload.write' } });
    if (!request.body) throw new PortalError('invalid', 'sheet_empty');
    const fileName = nameOf(request);
    const { id } = await receiveUpload({ actor: staff, kind: 'orders', fileName, content: request.body });
    return Response.json({ id }, { status: 201 });
  } catch (error) {
    const known = asPortalError(error);
    const log = logger('uploads');
    if (known.kind === 'internal') log.error({ correlationId, err: known.cause ?? known }, 'receiving failed');
    else log.info({ correlationId, code: known.code }, 'upload refused');
    return Response.json({ reason: known.code, params: known.params, correlationId }, { status: httpStatus(known) });
  }
}
