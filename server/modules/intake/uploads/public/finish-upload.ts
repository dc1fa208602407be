import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { endWriting, lockUpload, moveUpload } from '../repository';

/** Closes an upload whose every ready row is written. Again: nothing. Throws `internal` (retryable) where rows still wait. */
export async function finishUpload({ actor, id }: { actor: Actor; id: string }): Promise<{ orders: number }> {
  return inTransaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (!upload) throw notFound('upload');
    if (upload.state !== 'committing') return { orders: upload.written };
    if (!(await endWriting(tx, id)))
      throw new PortalError('internal', 'internal', { message: 'rows are still waiting' });
    await moveUpload(tx, id, 'committed');
    const detail = { orders: upload.written, invalid: upload.invalid };
    await recordAudit(tx, { actor, action: 'upload.finished', entity: 'upload', entityId: id, detail });
    return { orders: upload.written };
  }, 60_000);
}
