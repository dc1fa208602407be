import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { listSheet } from '../queries';
import type { SheetLine } from '../schema';

type SheetInput = Omit<Parameters<typeof listSheet>[0], 'actor'>;

/** Shows rows of an uploaded sheet, which name patients, and leaves a record of who read it. A page without rows is no reading. */
export async function openSheet({
  actor,
  ...input
}: SheetInput & { actor: StaffActor }): Promise<{ rows: SheetLine[]; nextCursor: number | null }> {
  const page = await listSheet({ actor, ...input });
  if (page.rows.length > 0) await recordRead({ actor, entity: 'upload', entityId: input.id });
  return page;
}
