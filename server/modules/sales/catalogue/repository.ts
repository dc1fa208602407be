import type { Kept } from '@/server/domain/emptied-cells';
import { sql, type Transaction } from '@/server/platform/db';
import type { ServiceRow } from './schema';

/** Adds services or brings them up to date by code; answers how many really changed. */
export const saveServices = (tx: Transaction, rows: ServiceRow[]): Promise<number> =>
  tx.$executeRaw(sql`
    INSERT INTO service AS s (code, name_vi, name_en, kind, category, sex, min_age, max_age, active)
    SELECT r.code, r.name_vi, r.name_en, r.kind, r.category, r.sex, r.min_age, r.max_age, r.active
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (code text, name_vi text, name_en text, kind text, category text,
      sex text, min_age int, max_age int, active boolean)
    ON CONFLICT (code) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en, kind = excluded.kind,
      category = excluded.category, sex = excluded.sex, min_age = excluded.min_age, max_age = excluded.max_age, active = excluded.active
    WHERE (s.name_vi, s.name_en, s.kind, s.category, s.sex, s.min_age, s.max_age, s.active)
      IS DISTINCT FROM (excluded.name_vi, excluded.name_en, excluded.kind, excluded.category, excluded.sex, excluded.min_age,
        excluded.max_age, excluded.active)`);

/** The codes that no service has. */
export async function findUnknownComponents(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT DISTINCT code FROM unnest(${codes}::text[]) AS given (code)
    WHERE NOT EXISTS (SELECT FROM service s WHERE s.code = given.code)`);
  return rows.map(({ code }) => code);
}

/** Makes the parts of these packages what the rows say; answers how many packages had other parts. */
export async function saveComponents(tx: Transaction, rows: ServiceRow[]): Promise<number> {
  const changed = await tx.$queryRaw<{ count: number }[]>(sql`
    WITH wanted AS (
      SELECT p.id AS package_id, c.id AS component_id, w.position::int AS position
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (code text, components jsonb)
      JOIN service p ON p.code = r.code
      LEFT JOIN LATERAL jsonb_array_elements_text(r.components) WITH ORDINALITY w (code, position) ON true
      LEFT JOIN service c ON c.code = w.code
    ),
    other AS (
      SELECT w.package_id FROM wanted w GROUP BY 1
      HAVING coalesce(array_agg(w.component_id ORDER BY w.position) FILTER (WHERE w.component_id IS NOT NULL), '{}')
        IS DISTINCT FROM ARRAY(SELECT k.component_id FROM service_component k WHERE k.package_id = w.package_id ORDER BY k.position)
    ),
    gone AS (
      DELETE FROM service_component k USING other o WHERE k.package_id = o.package_id
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.package_id = k.package_id AND w.component_id = k.component_id)
    ),
    put AS (
      INSERT INTO service_component (package_id, component_id, position)
      SELECT w.package_id, w.component_id, w.position
      FROM wanted w JOIN other o ON o.package_id = w.package_id WHERE w.component_id IS NOT NULL
      ON CONFLICT (package_id, component_id) DO UPDATE SET position = excluded.position
    )
    SELECT count(*)::int AS count FROM other`);
  return changed[0]?.count ?? 0;
}

/** Which of these packages hold themselves, directly or by another package. */
export async function packagesInThemselves(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    WITH RECURSIVE part AS (
      SELECT k.package_id AS root, k.component_id AS id
      FROM service_component k JOIN service s ON s.id = k.package_id WHERE s.code = ANY (${codes}::text[])
      UNION
      SELECT p.root, k.component_id FROM part p JOIN service_component k ON k.package_id = p.id
    )
    SELECT s.code FROM part p JOIN service s ON s.id = p.root WHERE p.root = p.id`);
  return rows.map(({ code }) => code);
}

/** The codes of services that are these but for the case of their letters. */
export async function serviceCodesLike(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM service WHERE lower(code) = ANY (SELECT lower(given) FROM unnest(${codes}::text[]) AS given) ORDER BY code`);
  return rows.map(({ code }) => code);
}

/** The categories of services but these that are the given ones but for the case of their letters. */
export async function otherCategoriesLike(tx: Transaction, categories: string[], but: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ category: string }[]>(sql`
    SELECT DISTINCT category FROM service WHERE code <> ALL (${but}::text[])
      AND lower(category) = ANY (SELECT lower(given) FROM unnest(${categories}::text[]) AS given) ORDER BY category`);
  return rows.map(({ category }) => category);
}

/** What is kept of these services, by the columns of their file. */
export const keptServices = (tx: Transaction, codes: string[]): Promise<Kept[]> =>
  tx.$queryRaw<Kept[]>(sql`
    SELECT s.code, s.name_vi, s.name_en, s.kind, s.category, s.sex, s.min_age, s.max_age, s.active,
      ARRAY(SELECT c.code FROM service_component k JOIN service c ON c.id = k.component_id
        WHERE k.package_id = s.id ORDER BY k.position) AS components
    FROM service s WHERE s.code = ANY (${codes}::text[])`);
