import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { saveNewPatient } from '../repository';
import type { RegisteredPatient, RegisterPatient } from '../schema';

/** Registers a patient. Who is there already, by phone, date of birth and name, is answered instead of doubled. */
export async function registerPatient({
  actor,
  patient,
}: {
  actor: Actor;
  patient: RegisterPatient;
}): Promise<RegisteredPatient> {
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
