import { orderUploadCommitted } from '@/inngest/events/intake/uploads';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { publish } from '@/server/platform/outbox';
import { beginWriting, checkStagedRows, claimReading, lockUpload, moveUpload, type StoredUpload } from '../repository';
import { mayBeCommitted } from '../rules';

type Expected = { valid: number; netTotal: bigint };

/** Looks again at what only the database knows: prices and references may have come since the check. */
async function checkAgain(tx: Transaction, upload: StoredUpload): Promise<StoredUpload> {
  if (upload.committedAt) return upload;
  // A reading that has just begun waits for the upload, which we hold: we must not wait for the reading.
  if (!(await claimReading(tx, upload.id))) throw new PortalError('conflict', 'check_running');
  await checkStagedRows(tx, upload.id);
  return (await lockUpload(tx, upload.id)) ?? upload;
}

function refusalOf(upload: StoredUpload, allOrNothing: boolean, expected?: Expected): PortalError | null {
  const { valid, netTotal, invalid, rows } = upload;
  if (expected && (expected.valid !== valid || expected.netTotal !== netTotal)) {
    return new PortalError('conflict', 'upload_changed', { params: { valid } });
  }
  if (valid === 0) return new PortalError('conflict', 'nothing_to_commit', { params: { rows } });
  return allOrNothing && invalid > 0
    ? new PortalError('conflict', 'upload_refused', { params: { invalid, rows } })
    : null;
}

/**
 * Hands the ready rows of a checked upload to the lane of its tier. An upload whose writing failed goes on where it stopped.
 * Throws `upload_moved_on`, `check_running`, `upload_changed` (the figures are not `expected` any more), `nothing_to_commit`, and
 * `upload_refused` where all or nothing was asked and some row is wrong: the upload is then `refused`.
 */
export async function commitUpload({
  actor,
  id,
  allOrNothing,
  expected,
}: {
  actor: Actor;
  id: string;
  allOrNothing: boolean;
  expected?: Expected;
}): Promise<void> {
  const refusal = await inTransaction(async (tx) => {
    const locked = await lockUpload(tx, id);
    if (locked?.kind !== 'orders') throw notFound('upload');
    if (!mayBeCommitted(locked)) throw new PortalError('conflict', 'upload_moved_on');
    const upload = await checkAgain(tx, locked);
    const refused = refusalOf(upload, allOrNothing, expected);
    if (refused) {
      if (refused.code === 'upload_refused') await moveUpload(tx, id, 'refused', refused);
      return refused;
    }
    await beginWriting(tx, id, allOrNothing);
    await moveUpload(tx, id, 'committing');
    await publish(tx, orderUploadCommitted, { uploadId: id, tier: upload.tier });
    const detail = { valid: upload.valid, netTotal: upload.netTotal.toString(), tier: upload.tier, allOrNothing };
    await recordAudit(tx, { actor, action: 'upload.committed', entity: 'upload', entityId: id, detail });
    return null;
  }, 300_000);
  if (refusal) throw refusal;
}
