import type { Actor } from '@/server/platform/actor';
import { notFound } from '@/server/platform/errors';
import { recordRead } from '@/server/platform/reads';
import { shownStatements } from '../queries';
import { doctorExists } from '../repository';
import type { ShownStatement } from '../schema';

/** A month's statements by doctor code, all or one doctor's, in the shape of the command line, and the
 * record of who read them. Throws `not_found`. */
export async function showStatements({
  actor,
  month,
  doctor,
}: {
  actor: Actor;
  month: string;
  doctor: string | null;
}): Promise<ShownStatement[]> {
  if (doctor !== null && !(await doctorExists(doctor))) throw notFound('doctor');
  const statements = await shownStatements(month, doctor);
  if (statements.length > 0)
    await recordRead({ actor, entity: 'statement-month', entityId: month, detail: { statements: statements.length } });
  return statements;
}
