import { sql, type Transaction } from '@/server/platform/db';
import type { SaleToHold, TakenSale } from './schema';

export type LockedHold = {
  id: string;
  state: 'held' | 'taken' | 'sold' | 'dropped' | 'lapsed';
  heldBy: string;
  takenBy: string | null;
  /** On the screen of a till whose shift is open. */
  isAtTill: boolean;
  takenByName: string | null;
  takenTill: string | null;
};

/** A held sale of a branch, locked until the transaction ends; null where there is none. */
export async function lockHeldSale(tx: Transaction, id: string, branchId: string): Promise<LockedHold | null> {
  const rows = await tx.$queryRaw<LockedHold[]>(sql`
    SELECT h.id, h.state, h.held_by AS "heldBy", h.taken_by AS "takenBy", is_at_till(h) AS "isAtTill",
      (SELECT u.name FROM app_user u WHERE u.id = h.taken_by) AS "takenByName",
      (SELECT t.code FROM shift s JOIN till t ON t.id = s.till_id WHERE s.id = h.taken_shift_id) AS "takenTill"
    FROM held_sale h WHERE h.id = ${id}::uuid AND h.branch_id = ${branchId}::uuid FOR UPDATE OF h`);
  return rows[0] ?? null;
}

const cartOf = ({ services, customerId, doctorId, onAccount, payLater }: SaleToHold) =>
  JSON.stringify({ services, customerId: customerId ?? null, doctorId: doctorId ?? null, onAccount, payLater });

type Holding = { sale: SaleToHold; branchId: string; by: string };

const ownShift = ({ by, branchId }: { by: string; branchId: string }) => sql`(
  SELECT s.id FROM shift s JOIN till t ON t.id = s.till_id WHERE s.cashier_id = ${by}::uuid AND s.state = 'open' AND t.branch_id = ${branchId}::uuid)`;

/** Puts a sale aside; answers false where its key is there already. */
export async function insertHeldSale(tx: Transaction, { sale, branchId, by }: Holding): Promise<boolean> {
  const added = await tx.$executeRaw(sql`
    INSERT INTO held_sale (id, branch_id, name, patient_id, cart, note, held_by, held_shift_id)
    VALUES (${sale.id}::uuid, ${branchId}::uuid, ${sale.name}, ${sale.patientId ?? null}::uuid, ${cartOf(sale)}::jsonb, ${sale.note ?? null},
      ${by}::uuid, ${ownShift({ by, branchId })})
    ON CONFLICT (id) DO NOTHING`);
  return added === 1;
}

/** Puts a locked one aside again, as it is now. */
export async function holdAgain(tx: Transaction, { sale, branchId, by }: Holding): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE held_sale SET state = 'held', version = version + 1, name = ${sale.name}, patient_id = ${sale.patientId ?? null}::uuid,
      cart = ${cartOf(sale)}::jsonb, note = ${sale.note ?? null}, held_by = ${by}::uuid, held_at = now(), held_shift_id = ${ownShift({ by, branchId })},
      taken_by = NULL, taken_shift_id = NULL, taken_at = NULL
    WHERE id = ${sale.id}::uuid`);
}

/** Marks a locked one as taken into the actor's open shift; answers false where there is none. */
export async function markTaken(tx: Transaction, id: string, of: { by: string; branchId: string }): Promise<boolean> {
  const taken = await tx.$executeRaw(sql`
    UPDATE held_sale SET state = 'taken', version = version + 1, taken_by = ${of.by}::uuid, taken_shift_id = s.id, taken_at = now()
    FROM (SELECT ${ownShift(of)} AS id) s WHERE held_sale.id = ${id}::uuid AND s.id IS NOT NULL`);
  return taken === 1;
}

export async function markReleased(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE held_sale SET state = 'held', version = version + 1, taken_by = NULL, taken_shift_id = NULL, taken_at = NULL WHERE id = ${id}::uuid`);
}

export async function markDropped(tx: Transaction, id: string, by: string): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE held_sale SET state = 'dropped', version = version + 1, ended_at = now(), ended_by = ${by}::uuid WHERE id = ${id}::uuid`);
}

/** Held sales older than some hours lapse, some at a time; answers which. */
export async function lapseOlderThan(
  tx: Transaction,
  hours: number,
  most: number,
): Promise<{ id: string; branchId: string }[]> {
  return tx.$queryRaw(sql`
    SELECT id, branch_id AS "branchId" FROM lapse_held_sales(now() - ${hours} * interval '1 hour', ${most}::int)`);
}

/** A held sale with the people in it as they are now; who is no customer or doctor any more is left out. */
export async function readHeldSale(tx: Transaction, id: string): Promise<TakenSale> {
  const rows = await tx.$queryRaw<
    (Omit<TakenSale, 'patient'> & { patient: (NonNullable<TakenSale['patient']> & { createdAt: string }) | null })[]
  >(sql`
    SELECT h.id, h.name, h.note, h.cart -> 'services' AS services, (h.cart ->> 'onAccount')::boolean AS "onAccount",
      (h.cart ->> 'payLater')::boolean AS "payLater",
      CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'code', p.code, 'fullName', p.full_name,
        'dob', to_char(p.dob, 'YYYY-MM-DD'), 'sex', p.sex, 'phone', p.phone, 'createdAt', p.created_at) END AS patient,
      CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name, 'tier', c.tier) END AS payer,
      CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name) END AS doctor
    FROM held_sale h LEFT JOIN patient p ON p.id = h.patient_id
    LEFT JOIN customer c ON c.id = (h.cart ->> 'customerId')::uuid AND c.active
    LEFT JOIN doctor d ON d.id = (h.cart ->> 'doctorId')::uuid AND d.active
    WHERE h.id = ${id}::uuid`);
  const sale = rows[0];
  if (!sale) throw new Error('a locked held sale is gone');
  return { ...sale, patient: sale.patient && { ...sale.patient, createdAt: new Date(sale.patient.createdAt) } };
}
