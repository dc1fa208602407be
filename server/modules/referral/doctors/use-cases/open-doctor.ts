import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { doctorDetail } from '../queries';
import type { DoctorDetail } from '../schema';

/** Opens a doctor for staff and leaves a record of who read it, and whether statements were shown. Throws `not_found`. */
export async function openDoctor({ actor, id }: { actor: StaffActor; id: string }): Promise<DoctorDetail> {
  const doctor = await doctorDetail({ actor, id });
  const detail = { statements: doctor.statements !== null };
  await recordRead({ actor, entity: 'doctor', entityId: id, detail });
  return doctor;
}
