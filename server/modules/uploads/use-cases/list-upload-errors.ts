import type { Actor } from '@/server/platform/actor';
import { branchScope } from '@/server/platform/permissions';
import { recordRead } from '@/server/platform/reads';
import { listRowErrors } from '../queries';
import type { RowError } from '../schema';

/** Every wrong cell of an upload with its text, for the command line and for export; of one's own branch where one is bound. */
export async function listUploadErrors({
  actor,
  id,
}: {
  actor: Actor;
  id: string;
}): Promise<(RowError & { value: string })[]> {
  const errors = await listRowErrors(id, actor.kind === 'user' ? branchScope(actor) : null);
  if (errors.length > 0) await recordRead({ actor, entity: 'upload', entityId: id });
  return errors;
}
