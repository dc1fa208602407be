import { type Sql, sql, type Transaction } from '@/server/platform/db';
import type { PlanRow } from './schema';

// The rows as a table, with the ids of what they name; `row` is the row's place, from 0.
const given = (rows: PlanRow[]): Sql => sql`
  SELECT r.*, p.id AS plan_id, s.id AS service_id
  FROM jsonb_to_recordset(${JSON.stringify(rows.map((row, place) => ({ ...row, place })))}::jsonb)
    AS r (place int, plan text, valid_from date, valid_to date, category text, service_code text, kind text, value numeric,
      band_from bigint, cap_per_line bigint)
  LEFT JOIN commission_plan p ON p.code = r.plan
  LEFT JOIN service s ON s.code = r.service_code`;

export async function addPlans(tx: Transaction, codes: string[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO commission_plan (code) SELECT DISTINCT code FROM unnest(${codes}::text[]) AS given (code) ON CONFLICT DO NOTHING`);
}

/** The first row that names a service nobody knows, or says something else than the rule that is already in force. */
export async function findFault(tx: Transaction, rows: PlanRow[]): Promise<{ place: number; fault: string } | null> {
  const found = await tx.$queryRaw<{ place: number; fault: string }[]>(sql`
    SELECT g.place, CASE WHEN g.service_code IS NOT NULL AND g.service_id IS NULL THEN 'unknown_service' ELSE 'rule_differs' END AS fault
    FROM (${given(rows)}) g
    LEFT JOIN commission_rule c ON c.plan_id = g.plan_id AND c.category = g.category AND c.service_id IS NOT DISTINCT FROM g.service_id
      AND c.valid_from = g.valid_from AND c.band_from = g.band_from
    WHERE (g.service_code IS NOT NULL AND g.service_id IS NULL)
      OR (c.id IS NOT NULL AND (c.valid_to, c.kind, c.value, c.cap_per_line) IS DISTINCT FROM (g.valid_to, g.kind, g.value, g.cap_per_line))
    ORDER BY g.place LIMIT 1`);
  return found[0] ?? null;
}

/** Adds the rules that are not there yet; the others say the same already. */
export async function addRules(tx: Transaction, rows: PlanRow[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO commission_rule (plan_id, valid_from, valid_to, category, service_id, kind, value, band_from, cap_per_line)
    SELECT plan_id, valid_from, valid_to, category, service_id, kind, value, band_from, cap_per_line FROM (${given(rows)}) g
    ON CONFLICT DO NOTHING`);
}
