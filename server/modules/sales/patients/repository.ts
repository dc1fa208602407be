import { sql, type Transaction } from '@/server/platform/db';
import type { RegisteredPatient, RegisterPatient } from './schema';

const facts = sql`id, code, full_name AS "fullName", to_char(dob, 'YYYY-MM-DD') AS dob, sex, phone, created_at AS "createdAt"`;

/**
 * Adds a patient, or finds the one with the same phone, date of birth and name (case, accents and spaces ignored). Of twenty at
 * once one adds, the others find.
 */
export async function saveNewPatient(tx: Transaction, patient: RegisterPatient): Promise<RegisteredPatient> {
  const rows = await tx.$queryRaw<RegisteredPatient[]>(sql`
    WITH added AS (
      INSERT INTO patient (code, full_name, name_key, dob, sex, phone, email, address)
      SELECT patient_code(), ${patient.fullName}, search_key(${patient.fullName}), ${patient.dob}::date, ${patient.sex}, ${patient.phone},
        ${patient.email || null}, ${patient.address || null}
      WHERE NOT EXISTS (SELECT FROM patient p
        WHERE p.phone = ${patient.phone} AND p.dob = ${patient.dob}::date AND p.name_key = search_key(${patient.fullName}))
      ON CONFLICT (phone, dob, name_key) DO NOTHING
      RETURNING *
    )
    SELECT ${facts}, true AS "isNew" FROM added`);
  return rows[0] ?? (await findSame(tx, patient));
}

async function findSame(tx: Transaction, patient: RegisterPatient): Promise<RegisteredPatient> {
  const rows = await tx.$queryRaw<RegisteredPatient[]>(sql`
    SELECT ${facts}, false AS "isNew" FROM patient
    WHERE phone = ${patient.phone} AND dob = ${patient.dob}::date AND name_key = search_key(${patient.fullName})`);
  const found = rows[0];
  if (!found) throw new Error('a patient was neither added nor found');
  return found;
}
