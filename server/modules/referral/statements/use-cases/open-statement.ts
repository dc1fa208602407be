import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { statementDetail } from '../queries';
import type { StatementDetail } from '../schema';

/** Opens a statement for staff, with the patients and the arithmetic of its lines, and leaves a record of who read it. Throws `not_found`. */
export async function openStatement({ actor, id }: { actor: StaffActor; id: string }): Promise<StatementDetail> {
  const statement = await statementDetail(id);
  await recordRead({ actor, entity: 'statement', entityId: id, detail: { doctorId: statement.doctorId } });
  return statement;
}
