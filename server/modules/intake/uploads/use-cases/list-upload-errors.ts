import { branchScope } from '@/server/authorization/permissions';
import type { Actor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { type OddRow, oddRows, type WrongCell, wrongCells } from '../queries';

async function all<Row>(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}

type Findings = { errors: WrongCell[]; warnings: OddRow[] };

/** Every wrong cell of an upload with its text, and every odd row, for the command line; of one's own branch where one is bound. */
export async function listUploadErrors({ actor, id }: { actor: Actor; id: string }): Promise<Findings> {
  const branch = actor.kind === 'user' ? branchScope(actor) : null;
  const [errors, warnings] = await Promise.all([all(wrongCells(id, branch)), all(oddRows(id, branch))]);
  if (errors.length > 0) await recordRead({ actor, entity: 'upload', entityId: id });
  return { errors, warnings };
}
