import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lockUpload, moveUpload } from '../repository';

/** Says that the writing of an upload stopped for good, and why; what is written stays, and a commit goes on from there. */
export async function failUpload({ actor, id, code }: { actor: Actor; id: string; code: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (upload?.state !== 'committing') return;
    await moveUpload(tx, id, 'failed', { code: /^[a-z_]+$/.test(code) ? code : 'internal', params: {} });
    const detail = { written: upload.written, valid: upload.valid };
    await recordAudit(tx, { actor, action: 'upload.failed', entity: 'upload', entityId: id, detail });
  });
}
