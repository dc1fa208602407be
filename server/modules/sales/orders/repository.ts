import { CASH_UNITS, LARGEST_NOTES } from '@/server/domain/cash';
import type { StaffActor } from '@/server/platform/actor';
import { witness } from '@/server/platform/audit-witness';
import { asRefusal, queryFirst, sql, type Transaction } from '@/server/platform/db';
import type { ErrorKind } from '@/server/platform/errors';
import { notify } from '@/server/platform/notify';
import type { PaidOrder, PaidOrderCart } from './schema';

const KINDS: Record<string, ErrorKind> = {
  no_open_shift: 'conflict',
  shift_changed: 'conflict',
  total_changed: 'conflict',
  duplicate_client_key: 'conflict',
  discount_over_limit: 'forbidden',
};

// A code whose sentence belongs to another place already.
const RENAMED: Record<string, string> = { duplicate_service: 'service_in_cart_twice' };

type SoldOrder = Record<
  'orderId' | 'number' | 'orderedAt' | 'currency' | 'listTotal' | 'discountTotal' | 'netTotal',
  string
> &
  Record<'paid' | 'rounding' | 'change' | 'due', string> &
  Pick<PaidOrder, 'terms' | 'settled' | 'replayed'> & { auditId?: string };

/** Sells a cart in one round trip. Throws the refusals of `create_paid_order`. */
export async function sellCart(actor: StaffActor, branchId: string, cart: PaidOrderCart): Promise<PaidOrder> {
  const { correlationId } = actor;
  const cash = { cashUnits: CASH_UNITS, largestNotes: LARGEST_NOTES };
  const request = { ...cart, actorId: actor.id, actorRole: actor.role, branchId, correlationId, ...cash };
  const text = JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  try {
    const { rows } = await queryFirst<{ sold: SoldOrder }>({
      name: 'create_paid_order',
      text: 'SELECT create_paid_order($1::jsonb) AS sold',
      values: [text],
    });
    const answer = rows[0]?.sold;
    if (!answer) throw new Error('create_paid_order answered nothing');
    const { auditId, ...sold } = answer;
    if (auditId) witness(auditId);
    notify('outbox');
    return {
      ...sold,
      orderedAt: new Date(sold.orderedAt),
      listTotal: BigInt(sold.listTotal),
      discountTotal: BigInt(sold.discountTotal),
      netTotal: BigInt(sold.netTotal),
      paid: BigInt(sold.paid),
      rounding: BigInt(sold.rounding),
      change: BigInt(sold.change),
      due: BigInt(sold.due),
    };
  } catch (error) {
    throw asRefusal(error, { kinds: KINDS, renamed: RENAMED });
  }
}

/** Gives accession numbers to those of the orders that have none; answers which they were. */
export async function giveAccessions(tx: Transaction, orderIds: readonly string[]): Promise<string[]> {
  const lacking = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM orders WHERE id = ANY (${orderIds as string[]}::uuid[]) AND accession IS NULL ORDER BY id FOR UPDATE`);
  const ids = lacking.map(({ id }) => id);
  if (ids.length > 0) await tx.$queryRaw(sql`SELECT give_accessions(${ids}::uuid[])`);
  return ids;
}

/** Creates the missing labels of orders; returns how many. */
export async function makeLabels(tx: Transaction, orderIds: readonly string[]): Promise<number> {
  const rows = await tx.$queryRaw<{ made: number }[]>(sql`SELECT make_labels(${orderIds as string[]}::uuid[]) AS made`);
  return rows[0]?.made ?? 0;
}
