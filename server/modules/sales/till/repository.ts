import { rolesWith } from '@/server/authorization/permissions';
import { brokenConstraint, sql, type Transaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import type { TillFileRow } from './schema';

/** Opens a shift and puts its float into the drawer's ledger. Throws `till_in_use`, `shift_already_open`, `not_found`. */
export async function insertShift(
  tx: Transaction,
  given: { tillId: string; branchId: string; cashierId: string; floatAmount: bigint; currency: string },
): Promise<string> {
  const rows = await tx
    .$queryRaw<{ id: string }[]>(sql`
      INSERT INTO shift (till_id, cashier_id, float_amount, currency)
      SELECT t.id, ${given.cashierId}::uuid, ${given.floatAmount}, ${given.currency} FROM till t
      WHERE t.id = ${given.tillId}::uuid AND t.branch_id = ${given.branchId}::uuid AND t.active
      RETURNING id`)
    .catch((error: unknown) => {
      const constraint = brokenConstraint(error) ?? '';
      if (/per_till|till_id/.test(constraint)) throw new PortalError('conflict', 'till_in_use', { cause: error });
      if (/per_cashier|cashier_id/.test(constraint))
        throw new PortalError('conflict', 'shift_already_open', { cause: error });
      throw error;
    });
  const id = rows[0]?.id;
  if (!id) throw notFound('till');
  if (given.floatAmount > 0n) {
    await tx.$executeRaw(sql`
      WITH movement AS (SELECT uuidv7() AS id)
      INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount, currency, by)
      SELECT ${id}::uuid, m.id, 'float', side.account, side.amount, ${given.currency}, ${given.cashierId}::uuid
      FROM movement m CROSS JOIN (VALUES ('drawer', ${given.floatAmount}::bigint), ('float', -${given.floatAmount}::bigint)) side (account, amount)`);
  }
  return id;
}

/** `cashierAway`: its cashier has left, was moved to another branch, or sells no more, and cannot close it. */
export type LockedShift = {
  id: string;
  cashierId: string;
  closedBy: string | null;
  cashierAway: boolean;
  state: string;
  branchId: string;
  currency: string;
};

/** Where a cashier has a shift open at another branch than this, or null. */
export async function openShiftElsewhere(
  tx: Transaction,
  { cashierId, branchId }: { cashierId: string; branchId: string },
): Promise<{ branch: string; till: string } | null> {
  const rows = await tx.$queryRaw<{ branch: string; till: string }[]>(sql`
    SELECT b.code AS branch, t.code AS till FROM shift s JOIN till t ON t.id = s.till_id JOIN branch b ON b.id = t.branch_id
    WHERE s.cashier_id = ${cashierId}::uuid AND s.state = 'open' AND t.branch_id <> ${branchId}::uuid`);
  return rows[0] ?? null;
}

/** A shift, locked until the transaction ends: no sale goes into it meanwhile. Another branch's is not found. */
export async function lockShift(tx: Transaction, shiftId: string, branchId: string): Promise<LockedShift> {
  const rows = await tx.$queryRaw<LockedShift[]>(sql`
    SELECT s.id, s.cashier_id AS "cashierId", s.closed_by AS "closedBy", is_cashier_away(s.cashier_id, t.branch_id, ${rolesWith('shift.open')}) AS "cashierAway", s.state,
      t.branch_id AS "branchId", s.currency
    FROM shift s JOIN till t ON t.id = s.till_id
    WHERE s.id = ${shiftId}::uuid AND t.branch_id = ${branchId}::uuid FOR UPDATE OF s`);
  const shift = rows[0];
  if (!shift) throw notFound('shift');
  return shift;
}

/** Closes a locked shift with its count; returns what the ledger expected. */
export async function closeLockedShift(
  tx: Transaction,
  given: { shiftId: string; denominations: Record<string, number>; countedCash: bigint; by: string },
): Promise<{ expectedCash: bigint }> {
  const rows = await tx.$queryRaw<{ expectedCash: bigint }[]>(sql`
    UPDATE shift SET state = 'closed', closed_at = clock_timestamp(), denominations = ${JSON.stringify(given.denominations)}::jsonb,
      counted_cash = ${given.countedCash}, expected_cash = expected_cash(id), closed_by = ${given.by}::uuid
    WHERE id = ${given.shiftId}::uuid AND state = 'open' RETURNING expected_cash AS "expectedCash"`);
  const closed = rows[0];
  if (!closed) throw new PortalError('conflict', 'shift_not_open');
  return closed;
}

/** Whether the three sums of a shift agree on every order. */
export async function sumsAgree(tx: Transaction, shiftId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ agree: boolean }[]>(sql`
    SELECT coalesce(bool_and(ordered = paid AND paid = ledger), true) AS agree FROM shift_sums(${shiftId}::uuid)`);
  return rows[0]?.agree ?? true;
}

export async function acceptLockedShift(tx: Transaction, shiftId: string, by: string): Promise<void> {
  const changed = await tx.$executeRaw(sql`
    UPDATE shift SET state = 'accepted', accepted_by = ${by}::uuid, accepted_at = clock_timestamp()
    WHERE id = ${shiftId}::uuid AND state = 'closed'`);
  if (changed === 0) throw new PortalError('conflict', 'shift_not_closed');
}

/** The codes that no branch has. */
export async function findUnknownBranches(tx: Transaction, codes: string[]): Promise<string[]> {
  const known = await tx.branch.findMany({ where: { code: { in: codes } }, select: { code: true } });
  const there = new Set(known.map(({ code }) => code));
  return codes.filter((code) => !there.has(code));
}

/** Adds tills or renames them, in one order, so that two who do never wait in a circle; answers how many really changed. */
export async function saveTills(tx: Transaction, rows: TillFileRow[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO till (branch_id, code, name)
    SELECT b.id, r.code, r.name FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (branch text, code text, name text)
    JOIN branch b ON b.code = r.branch
    ORDER BY b.id, r.code
    ON CONFLICT (branch_id, code) DO UPDATE SET name = excluded.name WHERE till.name <> excluded.name`);
}

/** The tills of branches, each as its branch and code, that are these but for the case of their letters. */
export async function tillsLike(tx: Transaction, tills: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ till: string }[]>(sql`
    SELECT b.code || '|' || t.code AS till FROM till t JOIN branch b ON b.id = t.branch_id
    WHERE lower(b.code || '|' || t.code) = ANY (SELECT lower(given) FROM unnest(${tills}::text[]) AS given) ORDER BY 1`);
  return rows.map(({ till }) => till);
}
