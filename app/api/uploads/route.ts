import { z } from 'zod';
import { textEncoding } from '@/server/domain/encoding';
import { refusalAsJson } from '@/server/http/answers';
import { staffRoute } from '@/server/http/staff-route';
import { sentFromHere } from '@/server/http/visitor';
import { whileAllowed } from '@/server/http/while-allowed';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { PortalError } from '@/server/platform/errors';

const NAME = 'x-file-name';
/** The encoding that the sender states for a text that does not carry one. */
const ENCODING = 'x-file-encoding';

/** The file's name as the browser sent it, percent-encoded. */
function nameOf(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get(NAME) ?? '');
  } catch {
    return '';
  }
}

const announcedBy = z.object({
  'x-file-size': z.coerce.number().int().min(0),
  'x-file-sha256': z.string().regex(/^[0-9a-f]{64}$/),
});

/** What the sender says it will send. Without it a cut connection could not be distinguished from a short file. */
function announced(request: Request): { bytes: number; sha256: string } {
  const said = announcedBy.safeParse(Object.fromEntries(request.headers));
  if (!said.success) throw new PortalError('invalid', 'invalid_input');
  return { bytes: said.data['x-file-size'], sha256: said.data['x-file-sha256'] };
}

/** A connection that was cut ends the reading; nobody hears the answer, and nothing is kept. */
async function* arriving(body: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const piece of body) {
      received += piece.byteLength;
      yield piece;
    }
  } catch (cause) {
    throw new PortalError('invalid', 'upload_incomplete', { params: { received, announced: bytes }, cause });
  }
}

/**
 * Takes a sheet of orders as the bare body of the request, its name, size and SHA-256 in `x-file-…`. A form of another site can send neither
 * that header nor pass the check of where it came from. Answers `{id}`, or `{reason, params, correlationId}` with the status.
 */
export const POST = staffRoute(
  'upload.write',
  async ({ request, actor, isStillSignedIn }) => {
    if (!(await sentFromHere()) || !request.headers.has(NAME))
      throw new PortalError('forbidden', 'not_permitted', { params: { permission: 'upload.write' } });
    if (!request.body) throw new PortalError('invalid', 'sheet_empty');
    const fileName = nameOf(request);
    const whole = announced(request);
    const content = whileAllowed(arriving(request.body, whole.bytes), isStillSignedIn);
    const encoding = textEncoding(request.headers.get(ENCODING)) ?? undefined;
    const { id } = await receiveUpload({ actor, kind: 'orders', fileName, content, announced: whole, encoding });
    return Response.json({ id }, { status: 201 });
  },
  { refuse: refusalAsJson },
);
