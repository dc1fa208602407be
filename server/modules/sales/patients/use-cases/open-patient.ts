import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { patientDetail } from '../queries';
import type { PatientDetail } from '../schema';

/** Opens a patient for staff and leaves a record of who read it. Throws `not_found`. */
export async function openPatient({ actor, id }: { actor: StaffActor; id: string }): Promise<PatientDetail> {
  const patient = await patientDetail({ actor, id });
  await recordRead({ actor, entity: 'patient', entityId: id });
  return patient;
}
