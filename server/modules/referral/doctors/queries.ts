import { can } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import { organisation } from '@/server/platform/organisation';
import type { Page, Sort } from '@/server/platform/paging';
import { everythingFitting, fits } from '@/server/platform/search';
import type { DOCTOR_SORTS, DoctorDetail, DoctorListRow, DoctorRule } from './schema';

const columns = sql`d.id, d.code, d.name, d.phone, d.email, c.code AS plan, trim_scale(d.tax_rate)::text AS "taxRate", d.active`;

type DoctorSort = (typeof DOCTOR_SORTS)[number];

const ORDERINGS: Record<DoctorSort, Ordering> = {
  code: { by: sql`d.code`, kind: 'code' },
  name: { by: sql`search_key(d.name)`, kind: 'text' },
};

/** Doctors, page by page, by code unless sorted otherwise; the search ignores accents. */
export async function listDoctors(input: {
  search?: string | undefined;
  sort?: Sort<DoctorSort> | undefined;
  cursor?: string | null | undefined;
  only?: readonly string[] | undefined;
  limit: number;
}): Promise<Page<DoctorListRow>> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`d.id`, kind: 'id' },
    { sort: input.sort ?? 'code', cursor: input.cursor, only: input.only },
  );
  const conditions = [
    ...(input.search
      ? [fits(await everythingFitting('doctor', input.search), { id: sql`d.id`, words: sql`d.search_words` })]
      : []),
    ...after,
  ];
  const rows = await db().$queryRaw<(DoctorListRow & { sortValue: string })[]>(sql`
    SELECT ${columns}, ${value} FROM doctor d LEFT JOIN commission_plan c ON c.id = d.plan_id
    ${conditions.length > 0 ? sql`WHERE ${joinSql(conditions, ' AND ')}` : emptySql}
    ORDER BY ${order} LIMIT ${input.limit + 1}`);
  return toPage(rows, input.limit, (row) => row.id);
}

const rulesOf = (doctorId: string) =>
  db().$queryRaw<DoctorRule[]>(sql`
    SELECT r.id, r.kind, trim_scale(r.value)::text AS value, r.category, v.code AS service, r.band_from AS "bandFrom",
      r.cap_per_line AS cap, r.valid_from::text AS "validFrom", r.valid_to::text AS "validTo",
      business_day(now()) >= r.valid_from AND (r.valid_to IS NULL OR business_day(now()) < r.valid_to) AS "inForce"
    FROM doctor d JOIN commission_rule r ON r.plan_id = d.plan_id LEFT JOIN service v ON v.id = r.service_id
    WHERE d.id = ${doctorId}::uuid
    ORDER BY "inForce" DESC, v.code, (r.category = '*'), r.category, r.valid_from DESC, r.band_from`);

const statementsOf = (doctorId: string) =>
  db().$queryRaw<NonNullable<DoctorDetail['statements']>>(sql`
    SELECT s.id, p.month, s.state, s.base, s.payable, s.currency FROM statement s JOIN statement_period p ON p.id = s.period_id
    WHERE s.doctor_id = ${doctorId}::uuid AND s.state <> 'superseded' ORDER BY p.month DESC LIMIT 36`);

/** One doctor, with plan and statements for who may read statements. Throws `not_found`. */
export async function doctorDetail({ actor, id }: { actor: StaffActor; id: string }): Promise<DoctorDetail> {
  const rows = await db().$queryRaw<Omit<DoctorDetail, 'rules' | 'statements' | 'currency'>[]>(sql`
    SELECT ${columns}, d.language FROM doctor d LEFT JOIN commission_plan c ON c.id = d.plan_id WHERE d.id = ${id}::uuid`);
  const doctor = rows[0];
  if (!doctor) throw notFound('doctor');
  const { currency } = await organisation();
  if (!can(actor.role, 'statement.read')) return { ...doctor, currency, rules: null, statements: null };
  const [rules, statements] = await Promise.all([rulesOf(id), statementsOf(id)]);
  return { ...doctor, currency, rules, statements };
}
