import { sql, type Transaction } from '@/server/platform/db';
import type { RegisterPatient } from './schema';

export type SavedPatient = { id: string; code: string; isNew: boolean };

/**
 * Adds a patient, or finds the one with the same phone, date of birth and name (case, accents and spaces ignored). Of twenty at
 * once one adds, the others find.
 */
export async function saveNewPatient(tx: Transaction, patient: RegisterPatient): Promise<SavedPatient> {
  const rows = await tx.$queryRaw<SavedPatient[]>(sql`
    WITH added AS (
      INSERT INTO patient (code, full_name, name_key, dob, sex, phone, email, address)
      SELECT patient_code(), ${patient.fullName}, search_key(${patient.fullName}), ${patient.dob}::date, ${patient.sex}, ${patient.phone},
        ${patient.email || null}, ${patient.address || null}
      WHERE NOT EXISTS (SELECT FROM patient p
        WHERE p.phone = ${patient.phone} AND p.dob = ${patient.dob}::date AND p.name_key = search_key(${patient.fullName}))
      ON CONFLICT (phone, dob, name_key) DO NOTHING
      RETURNING id, code
    )
    SELECT id, code, true AS "isNew" FROM added`);
  return rows[0] ?? (await findSame(tx, patient));
}

async function findSame(tx: Transaction, patient: RegisterPatient): Promise<SavedPatient> {
  const rows = await tx.$queryRaw<SavedPatient[]>(sql`
    SELECT id, code, false AS "isNew" FROM patient
    WHERE phone = ${patient.phone} AND dob = ${patient.dob}::date AND name_key = search_key(${patient.fullName})`);
  const found = rows[0];
  if (!found) throw new Error('a patient was neither added nor found');
  return found;
}
