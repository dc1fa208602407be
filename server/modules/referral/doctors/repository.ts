import type { Kept } from '@/server/domain/emptied-cells';
import { sql, type Transaction } from '@/server/platform/db';
import type { DoctorRow } from './schema';

/** The codes that no commission plan has. */
export async function findUnknownPlans(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM unnest(${codes}::text[]) AS given (code)
    WHERE NOT EXISTS (SELECT FROM commission_plan p WHERE p.code = given.code)`);
  return rows.map(({ code }) => code);
}

/**
 * Adds referring doctors or brings them up to date by code, in one order, so that two who do never wait in a circle; answers how many really changed, and the ids of those who are reached
 * by another number or address than before: their sessions and codes at the gate have ended with it (trigger `ends_access`).
 */
export async function saveDoctors(tx: Transaction, rows: DoctorRow[]): Promise<{ changed: number; moved: string[] }> {
  const saved = await tx.$queryRaw<{ id: string; moved: boolean }[]>(sql`
    INSERT INTO doctor (code, name, phone, email, language, plan_id, tax_rate)
    SELECT r.code, r.name, r.phone, r.email, r.language, p.id, r.tax_rate
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (code text, name text, phone text, email text, language text, plan text, tax_rate numeric)
    LEFT JOIN commission_plan p ON p.code = r.plan
    ORDER BY r.code
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, phone = excluded.phone, email = excluded.email,
      language = excluded.language, plan_id = excluded.plan_id, tax_rate = excluded.tax_rate
    WHERE (doctor.name, doctor.phone, doctor.email, doctor.language, doctor.plan_id, doctor.tax_rate)
      IS DISTINCT FROM (excluded.name, excluded.phone, excluded.email, excluded.language, excluded.plan_id, excluded.tax_rate)
    RETURNING new.id, old.id IS NOT NULL AND (old.phone, old.email) IS DISTINCT FROM (new.phone, new.email) AS moved`);
  return { changed: saved.length, moved: saved.flatMap(({ id, moved }) => (moved ? [id] : [])) };
}

/** The codes of doctors that are these but for the case of their letters. */
export async function doctorCodesLike(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM doctor WHERE lower(code) = ANY (SELECT lower(given) FROM unnest(${codes}::text[]) AS given) ORDER BY code`);
  return rows.map(({ code }) => code);
}

/** What is kept of these doctors, by the columns of their file. */
export const keptDoctors = (tx: Transaction, codes: string[]): Promise<Kept[]> =>
  tx.$queryRaw<Kept[]>(sql`
    SELECT d.code, d.name, d.phone, d.email, d.language, p.code AS plan, trim_scale(d.tax_rate)::text AS tax_rate
    FROM doctor d LEFT JOIN commission_plan p ON p.id = d.plan_id WHERE d.code = ANY (${codes}::text[])`);
