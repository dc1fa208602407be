import type { z } from 'zod';
import { branchScope, can, rolesWith } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, type Sql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import type { Page } from '@/server/platform/paging';
import { likeliest } from '@/server/platform/search';
import type {
  CurrentShift,
  listShiftsInput,
  PayerRow,
  PriceReason,
  QuotedLine,
  QuoteInput,
  ReferrerRow,
  Sellable,
  SHIFT_SORTS,
  ShiftDay,
  ShiftReport,
  ShiftRow,
  SumGap,
  TillRow,
  WaitingShift,
} from './schema';

/** The tills of the actor's branch, each with who has a shift open at it. */
export async function tillsOfBranch(actor: StaffActor): Promise<TillRow[]> {
  return db().$queryRaw<TillRow[]>(sql`
    SELECT t.id, t.code, t.name, u.name AS "inUseBy"
    FROM till t LEFT JOIN shift s ON s.till_id = t.id AND s.state = 'open' LEFT JOIN app_user u ON u.id = s.cashier_id
    WHERE t.branch_id = ${actor.branchId}::uuid AND t.active ORDER BY t.code`);
}

/** The actor's open shift, or null. A cashier counts blind, so only a branch manager sees what the drawer should hold. */
export async function currentShift(actor: StaffActor): Promise<CurrentShift | null> {
  const rows = await db().$queryRaw<CurrentShift[]>(sql`
    SELECT s.id, t.code AS "tillCode", t.name AS "tillName", s.opened_at AS "openedAt", s.currency, s.float_amount AS "floatAmount",
      (SELECT count(*)::int FROM orders o WHERE o.shift_id = s.id AND o.ordered_at >= s.opened_at) AS orders,
      CASE WHEN ${actor.role} = 'branch-manager' THEN expected_cash(s.id) END AS "expectedCash"
    FROM shift s JOIN till t ON t.id = s.till_id
    WHERE s.cashier_id = ${actor.id}::uuid AND s.state = 'open' AND t.branch_id = ${actor.branchId}::uuid`);
  return rows[0] ?? null;
}

type ShiftSort = (typeof SHIFT_SORTS)[number];

const ORDERINGS: Record<ShiftSort, Ordering> = {
  openedAt: { by: sql`s.opened_at`, kind: 'instant' },
  till: { by: sql`t.code`, kind: 'code' },
};

/** The branch's shifts for its manager, one's own for a cashier; the newest first unless sorted otherwise. */
export async function listShifts({
  actor,
  limit,
  ...input
}: z.input<typeof listShiftsInput> & { actor: StaffActor; limit: number }): Promise<Page<ShiftRow>> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`s.id`, kind: 'id' },
    { sort: input.sort ?? '-openedAt', cursor: input.cursor, only: input.only },
  );
  const branch = branchScope(actor);
  const conditions = [
    sql`true`,
    ...(branch ? [sql`t.branch_id = ${branch}::uuid`] : []),
    ...(actor.role === 'cashier' ? [sql`s.cashier_id = ${actor.id}::uuid`] : []),
    ...(input.state ? [sql`s.state = ${input.state}`] : []),
    ...(input.from ? [sql`business_day(s.opened_at) >= ${input.from}::date`] : []),
    ...(input.to ? [sql`business_day(s.opened_at) <= ${input.to}::date`] : []),
    ...after,
  ];
  const rows = await db().$queryRaw<(ShiftRow & { sortValue: string })[]>(sql`
    SELECT s.id, s.state, t.code AS "tillCode", b.code AS "branchCode", u.name AS "cashierName", s.opened_at AS "openedAt",
      s.closed_at AS "closedAt", s.currency, s.counted_cash AS "countedCash", s.expected_cash AS "expectedCash", ${value},
      (SELECT count(*)::int FROM orders o WHERE o.shift_id = s.id) AS orders,
      CASE WHEN s.state <> 'open' THEN (SELECT coalesce(sum(p.amount), 0)::bigint FROM payment p WHERE p.shift_id = s.id) END AS taken
    FROM shift s JOIN till t ON t.id = s.till_id JOIN branch b ON b.id = t.branch_id JOIN app_user u ON u.id = s.cashier_id
    WHERE ${joinSql(conditions, ' AND ')}
    ORDER BY ${order} LIMIT ${limit + 1}`);
  const page = toPage(rows, limit, (row) => row.id);
  return { ...page, rows: page.rows.map((row) => ({ ...row, taken: row.taken ?? 0n })) };
}

/** As many as fit beside the filters of the list; the others are found by their state. */
const WAITING_SHOWN = 4;

/**
 * The shifts of today that the actor may see, and those that wait for the actor to accept them, the oldest first: closed in the actor's
 * branch by somebody else who did not sell in them. What open ones took is not said, for they are counted blind.
 */
export async function shiftDay(actor: StaffActor): Promise<ShiftDay> {
  const branch = branchScope(actor);
  const own = actor.role === 'cashier' ? sql`AND s.cashier_id = ${actor.id}::uuid` : emptySql;
  const ofBranch = branch ? sql`AND t.branch_id = ${branch}::uuid` : emptySql;
  const days = await db().$queryRaw<Omit<ShiftDay, 'waiting' | 'waitingCount'>[]>(sql`
    SELECT business_day(now())::text AS day, count(s.id)::int AS shifts, (count(*) FILTER (WHERE s.state = 'open'))::int AS open,
      coalesce(sum((SELECT sum(p.amount) FROM payment p WHERE p.shift_id = s.id)) FILTER (WHERE s.state <> 'open'), 0)::bigint AS taken,
      coalesce(min(s.currency), 'VND') AS currency
    FROM shift s JOIN till t ON t.id = s.till_id
    WHERE s.opened_at > now() - interval '2 days' AND business_day(s.opened_at) = business_day(now()) ${ofBranch} ${own}`);
  const day = days[0];
  if (!day) throw new Error('an aggregate without a row');
  if (!can(actor.role, 'shift.accept')) return { ...day, waiting: [], waitingCount: 0 };
  const waiting = await db().$queryRaw<(WaitingShift & { all: number })[]>(sql`
    SELECT s.id, t.code AS "tillCode", u.name AS "cashierName", s.currency, s.counted_cash - s.expected_cash AS gap,
      (count(*) OVER ())::int AS all
    FROM shift s JOIN till t ON t.id = s.till_id JOIN app_user u ON u.id = s.cashier_id
    WHERE s.state = 'closed' AND s.cashier_id <> ${actor.id}::uuid AND s.closed_by IS DISTINCT FROM ${actor.id}::uuid ${ofBranch}
    ORDER BY s.closed_at, s.id LIMIT ${WAITING_SHOWN}`);
  return { ...day, waiting: waiting.map(({ all: _, ...shift }) => shift), waitingCount: waiting[0]?.all ?? 0 };
}

type Head = Omit<ShiftReport, 'orders' | 'methods' | 'rounding' | 'sums' | 'gaps'>;

/**
 * A shift with its three sums, made from three tables, and every order on which they differ. While it is open nothing is shown that
 * would give the count away. Throws `not_found`.
 */
export async function shiftReport({ actor, shiftId }: { actor: StaffActor; shiftId: string }): Promise<ShiftReport> {
  const branch = branchScope(actor);
  const heads = await db().$queryRaw<Head[]>(sql`
    SELECT s.id, s.state, t.code AS "tillCode", t.name AS "tillName", b.code AS "branchCode", u.name AS "cashierName",
      s.opened_at AS "openedAt", s.closed_at AS "closedAt", s.accepted_at AS "acceptedAt", m.name AS "acceptedByName",
      s.currency, s.float_amount AS "floatAmount", s.counted_cash AS "countedCash", s.expected_cash AS "expectedCash",
      s.state = 'open' AND is_cashier_away(s.cashier_id, t.branch_id, ${rolesWith('shift.open')}) AS "cashierAway"
    FROM shift s JOIN till t ON t.id = s.till_id JOIN branch b ON b.id = t.branch_id
    JOIN app_user u ON u.id = s.cashier_id LEFT JOIN app_user m ON m.id = s.accepted_by
    WHERE s.id = ${shiftId}::uuid ${branch ? sql`AND t.branch_id = ${branch}::uuid` : emptySql}
      ${actor.role === 'cashier' ? sql`AND s.cashier_id = ${actor.id}::uuid` : emptySql}`);
  const head = heads[0];
  if (!head) throw notFound('shift');
  const rows = await db().$queryRaw<SumGap[]>(sql`
    SELECT order_id AS "orderId", number, ordered, paid, ledger FROM shift_sums(${shiftId}::uuid) ORDER BY number`);
  const report = { ...head, orders: rows.length };
  if (head.state === 'open')
    return { ...report, methods: [], rounding: 0n, sums: { ordered: 0n, paid: 0n, ledger: 0n }, gaps: [] };
  const methods = await db().$queryRaw<ShiftReport['methods']>(sql`
    SELECT method, count(*)::int AS payments, sum(amount)::bigint AS amount FROM payment
    WHERE shift_id = ${shiftId}::uuid GROUP BY method ORDER BY method`);
  const rounded = await db().$queryRaw<{ rounding: bigint }[]>(sql`
    SELECT -coalesce(sum(amount), 0)::bigint AS rounding FROM drawer_entry WHERE shift_id = ${shiftId}::uuid AND account = 'rounding'`);
  const total = (key: 'ordered' | 'paid' | 'ledger') => rows.reduce((sum, row) => sum + row[key], 0n);
  return {
    ...report,
    methods,
    rounding: rounded[0]?.rounding ?? 0n,
    sums: { ordered: total('ordered'), paid: total('paid'), ledger: total('ledger') },
    gaps: rows.filter((row) => row.ordered !== row.paid || row.paid !== row.ledger),
  };
}

type FlatReason = {
  rateCard: string | null;
  scope: PriceReason['scope'] | null;
  validFrom: string | null;
  validTo: string | null;
};

const reasonOf = ({ rateCard, scope, validFrom, validTo }: FlatReason): PriceReason | null =>
  rateCard && scope && validFrom ? { rateCard, scope, validFrom, validTo } : null;

/**
 * Every service that may be sold, with today's price at the actor's branch for a customer (or for who pays at the counter), and
 * the reason of the price. `price_in_force` is the one calculation; the till shows from this list at once and asks `quoteCart` after.
 */
export async function sellableServices({
  actor,
  customerId,
}: {
  actor: StaffActor;
  customerId?: string | null | undefined;
}): Promise<Sellable[]> {
  const rows = await db().$queryRaw<(Omit<Sellable, 'reason'> & FlatReason)[]>(sql`
    SELECT s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", s.kind, s.category, s.sex, s.min_age AS "minAge", s.max_age AS "maxAge",
      f.price, f.currency, f.rate_card AS "rateCard", f.scope,
      to_char(f.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(f.valid_to, 'YYYY-MM-DD') AS "validTo",
      ARRAY(SELECT k.code FROM service_component sc JOIN service k ON k.id = sc.component_id WHERE sc.package_id = s.id ORDER BY sc.position) AS components
    FROM service s
    LEFT JOIN customer payer ON payer.id = ${customerId ?? null}::uuid
    LEFT JOIN LATERAL price_in_force(s.id, ${actor.branchId}::uuid, payer.id, coalesce(payer.tier, 'standard'), business_day(now())) f ON true
    WHERE s.active ORDER BY s.code`);
  return rows.map(({ rateCard, scope, validFrom, validTo, ...service }) => ({
    ...service,
    reason: reasonOf({ rateCard, scope, validFrom, validTo }),
  }));
}

/** A cart as `create_paid_order` would price and judge it now: the same `price_cart`, nothing written. */
export async function quoteCart({ actor, cart }: { actor: StaffActor; cart: QuoteInput }): Promise<QuotedLine[]> {
  const services = JSON.stringify(cart.services);
  const rows = await db().$queryRaw<(Omit<QuotedLine, 'reason'> & FlatReason)[]>(sql`
    SELECT l.code, l.name_vi AS "nameVi", l.name_en AS "nameEn", l.kind, l.category, l.list_price AS "listPrice", l.currency,
      trim_scale(l.discount_percent)::text AS "discountPercent", l.discount, l.net, l.problem,
      l.rate_card AS "rateCard", l.scope, to_char(l.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(l.valid_to, 'YYYY-MM-DD') AS "validTo",
      (SELECT k.code FROM service_component sc JOIN service k ON k.id = sc.package_id
        WHERE sc.component_id = l.service_id
          AND k.code IN (SELECT e ->> 'code' FROM jsonb_array_elements(${services}::jsonb) e) ORDER BY k.code LIMIT 1) AS "includedIn"
    FROM price_cart(${services}::jsonb, ${actor.branchId}::uuid, ${cart.customerId ?? null}::uuid, ${cart.patientId ?? null}::uuid,
      business_day(now())) l ORDER BY l.position`);
  return rows.map(({ rateCard, scope, validFrom, validTo, ...line }) => ({
    ...line,
    reason: reasonOf({ rateCard, scope, validFrom, validTo }),
  }));
}

/** Customers to bill, and doctors who refer, as they are typed. */
export async function findPayers({ search }: { search: string }): Promise<PayerRow[]> {
  return db().$queryRaw<PayerRow[]>(sql`
    SELECT id, code, name, tier FROM customer WHERE active AND ${await likeliestOf('customer', search)} ORDER BY name, id LIMIT 10`);
}

export async function findReferrers({ search }: { search: string }): Promise<ReferrerRow[]> {
  return db().$queryRaw<ReferrerRow[]>(sql`
    SELECT id, code, name FROM doctor WHERE active AND ${await likeliestOf('doctor', search)} ORDER BY name, id LIMIT 10`);
}

// More than are shown: some of them may have been closed.
const ENOUGH = 50;

const likeliestOf = async (table: 'customer' | 'doctor', search: string): Promise<Sql> =>
  search === '' ? sql`true` : sql`id = ANY (${await likeliest(table, search, ENOUGH)}::uuid[])`;
