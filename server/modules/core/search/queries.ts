import { branchScope, can } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, joinSql, type Sql, sql } from '@/server/platform/db';
import type { Found } from './schema';

const PER_KIND = 6;

// Each part names its columns: which of them comes first depends on what the caller may read.

const patients = (like: Sql): Sql => sql`
  (SELECT 'patients' AS kind, id::text AS id, full_name AS title, code || ' · ' || to_char(dob, 'DD/MM/YYYY') AS detail
   FROM patient WHERE search_text LIKE ${like} ORDER BY created_at DESC LIMIT ${PER_KIND})`;

const orders = (text: string, like: Sql, branchId: string | null): Sql => sql`
  (SELECT 'orders' AS kind, o.id::text AS id, o.number AS title,
     p.full_name || ' · ' || to_char(business_day(o.ordered_at), 'DD/MM/YYYY') AS detail
   FROM orders o JOIN patient p ON p.id = o.patient_id
   WHERE (${branchId}::uuid IS NULL OR o.branch_id = ${branchId}::uuid)
     AND (o.number = upper(${text}) OR o.external_ref = ${text} OR o.accession = upper(${text}) OR p.search_text LIKE ${like})
   ORDER BY o.ordered_at DESC LIMIT ${PER_KIND})`;

const doctors = (like: Sql): Sql => sql`
  (SELECT 'doctors' AS kind, id::text AS id, name AS title, code AS detail FROM doctor WHERE search_text LIKE ${like} ORDER BY code LIMIT ${PER_KIND})`;

const PLACE_OF = { patients: '/patients', orders: '/orders', doctors: '/doctors' } as const;

/** Finds across everything the caller may read; another branch's orders are not among it. */
export async function searchEverything(actor: StaffActor, text: string): Promise<Found[]> {
  const like = sql`'%' || replace(replace(search_key(${text}), '%', '\\%'), '_', '\\_') || '%'`;
  const parts = [
    ...(can(actor.role, 'patient.read') ? [patients(like)] : []),
    ...(can(actor.role, 'order.read') ? [orders(text, like, branchScope(actor))] : []),
    ...(can(actor.role, 'doctor.read') ? [doctors(like)] : []),
  ];
  const rows = await db().$queryRaw<Omit<Found, 'href'>[]>(joinSql(parts, ' UNION ALL '));
  return rows.map((row) => ({ ...row, href: `${PLACE_OF[row.kind]}/${row.id}` }));
}
