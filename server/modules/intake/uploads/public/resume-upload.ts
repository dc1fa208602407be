import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lockUpload, moveUpload } from '../repository';

/** Resumes the writing of a failed upload where it stopped; in any other state nothing changes. */
export async function resumeUpload({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (upload?.state !== 'failed' || upload.committedAt === null) return;
    await moveUpload(tx, id, 'committing');
    const detail = { written: upload.written, valid: upload.valid };
    await recordAudit(tx, { actor, action: 'upload.taken-up', entity: 'upload', entityId: id, detail });
  });
}
