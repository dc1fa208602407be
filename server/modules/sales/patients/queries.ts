import { branchScope } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import type { Page, Sort } from '@/server/platform/paging';
import { everythingFitting, fits, likeliest } from '@/server/platform/search';
import { readSearch } from '@/server/platform/search-text';
import type { PATIENT_SORTS, PatientDetail, PatientRow } from './schema';

const columns = sql`p.id, p.code, p.full_name AS "fullName", to_char(p.dob, 'YYYY-MM-DD') AS dob, p.sex, p.phone, p.created_at AS "createdAt"`;

/** The few patients that fit what was typed so far: who has just these words first, and of those who has no others; then the newest. */
export async function findPatients({ search, limit }: { search: string; limit: number }): Promise<PatientRow[]> {
  const ids = await likeliest('patient', search, limit);
  if (ids.length === 0) return [];
  const whole = readSearch(search)?.whole ?? '';
  return db().$queryRaw<PatientRow[]>(sql`
    SELECT ${columns} FROM patient p WHERE p.id = ANY (${ids}::uuid[])
    ORDER BY p.search_words @@ ${whole}::tsquery DESC, p.name_key = search_key(${search}) DESC, p.created_at DESC, p.id DESC
    LIMIT ${limit}`);
}

type PatientSort = (typeof PATIENT_SORTS)[number];

const ORDERINGS: Record<PatientSort, Ordering> = {
  createdAt: { by: sql`p.created_at`, kind: 'instant' },
  name: { by: sql`p.name_key`, kind: 'text' },
  code: { by: sql`p.code`, kind: 'code' },
};

/** Patients, page by page; the newest first unless sorted otherwise. */
export async function listPatients(input: {
  search?: string | undefined;
  sort?: Sort<PatientSort> | undefined;
  cursor?: string | null | undefined;
  only?: readonly string[] | undefined;
  limit: number;
}): Promise<Page<PatientRow>> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`p.id`, kind: 'id' },
    { sort: input.sort ?? '-createdAt', cursor: input.cursor, only: input.only },
  );
  const conditions = [
    ...(input.search
      ? [fits(await everythingFitting('patient', input.search), { id: sql`p.id`, words: sql`p.search_words` })]
      : []),
    ...after,
  ];
  const rows = await db().$queryRaw<(PatientRow & { sortValue: string })[]>(sql`
    SELECT ${columns}, ${value} FROM patient p
    ${conditions.length > 0 ? sql`WHERE ${joinSql(conditions, ' AND ')}` : emptySql}
    ORDER BY ${order} LIMIT ${input.limit + 1}`);
  return toPage(rows, input.limit, (row) => row.id);
}

/** One patient with the latest hundred orders that the asker may see, and the services of the latest twenty. Throws `not_found`. */
export async function patientDetail({ actor, id }: { actor: StaffActor; id: string }): Promise<PatientDetail> {
  const branch = branchScope(actor);
  const found = await db().$queryRaw<Omit<PatientDetail, 'orders' | 'services'>[]>(sql`
    SELECT ${columns}, p.email, p.address FROM patient p WHERE p.id = ${id}::uuid`);
  const patient = found[0];
  if (!patient) throw notFound('patient');
  const orders = await db().$queryRaw<PatientDetail['orders']>(sql`
    SELECT o.id, o.number, o.ordered_at AS "orderedAt", b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn", o.net_total AS "netTotal", o.currency,
      order_state(o) AS state, order_due(o) AS due
    FROM orders o JOIN branch b ON b.id = o.branch_id
    WHERE o.patient_id = ${id}::uuid ${branch ? sql`AND o.branch_id = ${branch}::uuid` : emptySql}
    ORDER BY o.ordered_at DESC, o.id DESC LIMIT 100`);
  const services = await db().$queryRaw<PatientDetail['services']>(sql`
    SELECT * FROM (
      SELECT DISTINCT ON (s.id) s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", o.ordered_at AS "orderedAt", o.id AS "orderId"
      FROM (
        SELECT id, ordered_at FROM orders
        WHERE id = ANY (${orders.slice(0, 20).map((order) => order.id)}::uuid[]) AND state <> 'voided'
      ) o JOIN order_line l ON l.order_id = o.id JOIN service s ON s.id = l.service_id
      ORDER BY s.id, o.ordered_at DESC
    ) latest ORDER BY "orderedAt" DESC, code LIMIT 12`);
  return { ...patient, orders, services };
}
