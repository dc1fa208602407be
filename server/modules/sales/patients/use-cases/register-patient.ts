import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { businessDay } from '@/server/platform/clock';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { saveNewPatient } from '../repository';
import type { RegisteredPatient, RegisterPatient } from '../schema';

/** Registers a patient. Who is there already, by phone, date of birth and name, is answered instead of doubled. Throws `future_birth`. */
export async function registerPatient({
  actor,
  patient,
}: {
  actor: Actor;
  patient: RegisterPatient;
}): Promise<RegisteredPatient> {
  const { timeZone } = await organisation();
  if (patient.dob > businessDay(new Date(), timeZone)) throw new PortalError('invalid', 'future_birth');
  return inTransaction(async (tx) => {
    const saved = await saveNewPatient(tx, patient);
    await recordAudit(tx, {
      actor,
      action: saved.isNew ? 'patient.registered' : 'patient.found',
      entity: 'patient',
      entityId: saved.id,
    });
    return saved;
  });
}
