import { branchScope } from '@/server/authorization/permissions';
import type { Actor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { listRowErrors, listRowWarnings } from '../queries';
import type { RowError, RowWarningCode } from '../schema';

type Findings = { errors: (RowError & { value: string })[]; warnings: { row: number; code: RowWarningCode }[] };

/** Every wrong cell of an upload with its text, and every odd row, for the command line; of one's own branch where one is bound. */
export async function listUploadErrors({ actor, id }: { actor: Actor; id: string }): Promise<Findings> {
  const branch = actor.kind === 'user' ? branchScope(actor) : null;
  const [errors, warnings] = await Promise.all([listRowErrors(id, branch), listRowWarnings(id, branch)]);
  if (errors.length > 0) await recordRead({ actor, entity: 'upload', entityId: id });
  return { errors, warnings };
}
