import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { awaitReading, checkStagedRows, lockUpload, markOddRows, type StoredUpload } from '../repository';
import { mayBeChecked } from '../rules';

/** Whether rows that were staged are still what the upload says of itself: nothing is being written, the columns are the same. */
const isAsStaged = (upload: StoredUpload, staged: StoredUpload): boolean =>
  mayBeChecked(upload) && JSON.stringify(upload.mapping) === JSON.stringify(staged.mapping);

/**
 * Ends the check of a sheet whose rows are staged: what only the database knows, the sums, and what is odd. Throws `upload_moved_on` where
 * the columns were mapped otherwise since the reading began, or the writing has begun.
 */
export async function concludeCheck({ actor, staged }: { actor: Actor; staged: StoredUpload }): Promise<void> {
  const { id } = staged;
  await inTransaction(async (tx) => {
    // In the order of who reads it again: the reading first, then the upload.
    await awaitReading(tx, id);
    const upload = await lockUpload(tx, id);
    if (!upload || !isAsStaged(upload, staged)) throw new PortalError('conflict', 'upload_moved_on');
    await checkStagedRows(tx, id);
    await markOddRows(tx, id);
    await recordAudit(tx, { actor, action: 'upload.checked', entity: 'upload', entityId: id });
  }, 300_000);
}
