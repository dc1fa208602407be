import { type Sql, sql, type Transaction } from '@/server/platform/db';
import type { KnownPlans } from './rules';
import type { PlanRow } from './schema';

// The rows as a table, with the ids of what they name.
const given = (rows: PlanRow[]): Sql => sql`
  SELECT r.*, p.id AS plan_id, s.id AS service_id
  FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS r (plan text, valid_from date, valid_to date, category text, service_code text, kind text, value numeric,
      band_from bigint, cap_per_line bigint)
  LEFT JOIN commission_plan p ON p.code = r.plan
  LEFT JOIN service s ON s.code = r.service_code`;

export async function addPlans(tx: Transaction, codes: string[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO commission_plan (code) SELECT code FROM unnest(${codes}::text[]) AS given (code) ORDER BY code ON CONFLICT DO NOTHING`);
}

/** What a sheet of plans is checked against; the rules of these plans, locked so that two sheets are written one after the other. */
export async function knownPlans(tx: Transaction, codes: string[]): Promise<KnownPlans> {
  await tx.$queryRaw(sql`SELECT id FROM commission_plan WHERE code = ANY (${codes}::text[]) ORDER BY code FOR UPDATE`);
  const rules = await tx.$queryRaw<PlanRow[]>(sql`
    SELECT p.code AS plan, r.valid_from::text, r.valid_to::text, r.category, s.code AS service_code, r.kind, trim_scale(r.value)::text AS value,
      r.band_from::text, r.cap_per_line::text
    FROM commission_rule r JOIN commission_plan p ON p.id = r.plan_id LEFT JOIN service s ON s.id = r.service_id
    WHERE p.code = ANY (${codes}::text[])`);
  const services = await tx.$queryRaw<{ code: string; category: string }[]>(sql`SELECT code, category FROM service`);
  return {
    rules,
    services: new Map(services.map(({ code, category }) => [code, category])),
    categories: new Set(services.map(({ category }) => category)),
  };
}

/** Adds the rules that are not there yet; the others say the same already. */
export async function addRules(tx: Transaction, rows: PlanRow[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO commission_rule (plan_id, valid_from, valid_to, category, service_id, kind, value, band_from, cap_per_line)
    SELECT plan_id, valid_from, valid_to, category, service_id, kind, value, band_from, cap_per_line FROM (${given(rows)}) g
    ON CONFLICT DO NOTHING`);
}

/** The codes of plans that are these but for the case of their letters. */
export async function planCodesLike(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM commission_plan WHERE lower(code) = ANY (SELECT lower(given) FROM unnest(${codes}::text[]) AS given) ORDER BY code`);
  return rows.map(({ code }) => code);
}
