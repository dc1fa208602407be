import { notFound } from '@/server/platform/errors';
import { shownStatements } from '../queries';
import { doctorExists } from '../repository';
import type { ShownStatement } from '../schema';

/** A month's statements by doctor code, all or one doctor's, in the shape of the command line. Throws `not_found`. */
export async function showStatements({
  month,
  doctor,
}: {
  month: string;
  doctor: string | null;
}): Promise<ShownStatement[]> {
  if (doctor !== null && !(await doctorExists(doctor))) throw notFound('doctor');
  return shownStatements(month, doctor);
}
