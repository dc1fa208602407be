import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { claimReading, lockUpload, saveMapping } from '../repository';
import { mayBeChecked } from '../rules';
import type { Mapping } from '../schema';

/** Takes the operator's word for which title is which column. What was checked under another mapping must be checked again. Throws `column_taken_twice`,
 * `upload_moved_on`, `check_running`. */
export async function mapColumns({
  actor,
  id,
  mapping,
}: {
  actor: Actor;
  id: string;
  mapping: Mapping;
}): Promise<void> {
  const places = Object.values(mapping);
  if (new Set(places).size < places.length) throw new PortalError('invalid', 'column_taken_twice');
  await inTransaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (upload?.kind !== 'orders') throw notFound('upload');
    if (!mayBeChecked(upload)) throw new PortalError('conflict', 'upload_moved_on');
    // A reading goes by the mapping with which it began.
    if (!(await claimReading(tx, id))) throw new PortalError('conflict', 'check_running');
    await saveMapping(tx, id, mapping);
    await recordAudit(tx, { actor, action: 'upload.mapped', entity: 'upload', entityId: id });
  });
}
