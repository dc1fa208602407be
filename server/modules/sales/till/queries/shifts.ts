import type { z } from 'zod';
import { branchScope, can, rolesWith } from '@/server/authorization/permissions';
import { searchWords } from '@/server/domain/search-words';
import type { StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, type Sql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import { fittingWords } from '@/server/platform/search';
import type {
  CurrentShift,
  DayOfShifts,
  listShiftsInput,
  SHIFT_SORTS,
  ShiftDay,
  ShiftPage,
  ShiftReport,
  ShiftRow,
  SumGap,
  TillRow,
  WaitingShift,
} from '../schema';

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

type ListShifts = z.input<typeof listShiftsInput> & { actor: StaffActor };

// What a shift is found by: its till, and whose it was.
const names = sql`(SELECT id, code || ' ' || name AS name FROM till UNION ALL SELECT id, name FROM app_user) n`;

/** As many words of a search as everywhere else. */
const MOST_WORDS = 8;

/** The condition that every word of a search is of a shift's till or of its cashier. */
async function foundBy(search: string): Promise<Sql> {
  const named = async (condition: Sql) =>
    (await db().$queryRaw<{ id: string }[]>(sql`SELECT n.id FROM ${names} WHERE ${condition}`)).map(({ id }) => id);
  const each: Sql[] = [];
  // One after the other: a search of many words must not take the connections of everybody else.
  for (const word of new Set(searchWords(search).slice(0, MOST_WORDS))) {
    const fitting = await fittingWords(word, sql`search_words(n.name)`, async (one) => (await named(one)).length > 0);
    const ids = await named(fitting);
    if (ids.length === 0) return sql`false`;
    each.push(sql`(s.till_id = ANY (${ids}::uuid[]) OR s.cashier_id = ANY (${ids}::uuid[]))`);
  }
  return each.length > 0 ? joinSql(each, ' AND ') : sql`false`;
}

async function conditionsOf({ actor, ...input }: ListShifts): Promise<Sql[]> {
  const branch = branchScope(actor);
  return [
    sql`true`,
    ...(branch ? [sql`t.branch_id = ${branch}::uuid`] : []),
    ...(actor.role === 'cashier' ? [sql`s.cashier_id = ${actor.id}::uuid`] : []),
    ...(input.search ? [await foundBy(input.search)] : []),
    ...(input.state ? [sql`s.state = ${input.state}`] : []),
    ...(input.from ? [sql`business_day(s.opened_at) >= ${input.from}::date`] : []),
    ...(input.to ? [sql`business_day(s.opened_at) <= ${input.to}::date`] : []),
  ];
}

/** The sums of whole days under the filters, however much of each is on a page. What open shifts took is not said. */
async function sumDays(days: readonly string[], conditions: readonly Sql[]): Promise<DayOfShifts[]> {
  if (days.length === 0) return [];
  return db().$queryRaw<DayOfShifts[]>(sql`
    SELECT business_day(s.opened_at)::text AS day, count(*)::int AS shifts, (count(*) FILTER (WHERE s.state = 'open'))::int AS open,
      coalesce(sum((SELECT sum(p.amount) FROM payment p WHERE p.shift_id = s.id)) FILTER (WHERE s.state <> 'open'), 0)::bigint AS taken,
      sum(s.counted_cash - s.expected_cash)::bigint AS gap, min(s.currency) AS currency
    FROM unnest(${days as string[]}::date[]) d
    CROSS JOIN LATERAL (
      SELECT * FROM shift WHERE opened_at >= d::timestamptz - interval '1 day' AND opened_at < d::timestamptz + interval '2 days'
      OFFSET 0 -- by the index, day by day: they may be years apart
    ) s
    JOIN till t ON t.id = s.till_id
    WHERE ${joinSql([...conditions], ' AND ')} AND business_day(s.opened_at) = d
    GROUP BY 1`);
}

/**
 * The branch's shifts for its manager, one's own for a cashier; the newest first unless sorted otherwise. With them the sums of the days
 * that they are of.
 */
export async function listShifts({ limit, ...input }: ListShifts & { limit: number }): Promise<ShiftPage> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`s.id`, kind: 'id' },
    { sort: input.sort ?? '-openedAt', cursor: input.cursor, only: input.only },
  );
  const conditions = await conditionsOf(input);
  const rows = await db().$queryRaw<(ShiftRow & { sortValue: string })[]>(sql`
    SELECT s.id, s.state, t.code AS "tillCode", b.code AS "branchCode", u.name AS "cashierName", s.opened_at AS "openedAt",
      business_day(s.opened_at)::text AS day,
      s.closed_at AS "closedAt", s.currency, s.counted_cash AS "countedCash", s.expected_cash AS "expectedCash", ${value},
      (SELECT count(*)::int FROM orders o WHERE o.shift_id = s.id) AS orders,
      CASE WHEN s.state <> 'open' THEN (SELECT coalesce(sum(p.amount), 0)::bigint FROM payment p WHERE p.shift_id = s.id) END AS taken
    FROM shift s JOIN till t ON t.id = s.till_id JOIN branch b ON b.id = t.branch_id JOIN app_user u ON u.id = s.cashier_id
    WHERE ${joinSql([...conditions, ...after], ' AND ')}
    ORDER BY ${order} LIMIT ${limit + 1}`);
  const page = toPage(rows, limit, (row) => row.id);
  const days = await sumDays([...new Set(page.rows.map(({ day }) => day))], conditions);
  return { ...page, rows: page.rows.map((row) => ({ ...row, taken: row.taken ?? 0n })), days };
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

type Head = Omit<ShiftReport, 'orders' | 'methods' | 'rounding' | 'sums' | 'refunds' | 'gaps'>;

/** What was given back in a shift, or of what it sold, in its order. */
const refundsOfShift = (shiftId: string): Promise<ShiftReport['refunds']> =>
  db().$queryRaw<ShiftReport['refunds']>(sql`
    SELECT r.id, r.order_id AS "orderId", r.number, r.refunded_at AS at, r.total, r.paid_back AS "paidBack",
      r.paid_by_shift IS NOT DISTINCT FROM ${shiftId}::uuid AS here, r.sold_in_shift IS NOT DISTINCT FROM ${shiftId}::uuid AS sold
    FROM refund_of_shift r WHERE r.paid_by_shift = ${shiftId}::uuid OR r.sold_in_shift = ${shiftId}::uuid ORDER BY r.refunded_at, r.id`);

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
    return { ...report, methods: [], rounding: 0n, sums: { ordered: 0n, paid: 0n, ledger: 0n }, refunds: [], gaps: [] };
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
    refunds: await refundsOfShift(shiftId),
    gaps: rows.filter((row) => row.ordered !== row.paid || row.paid !== row.ledger),
  };
}
