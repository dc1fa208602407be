import type { StaffActor } from '@/server/platform/actor';
import { brokenConstraint, pool } from '@/server/platform/db';
import { type ErrorKind, type ErrorParams, PortalError } from '@/server/platform/errors';
import type { PaidOrder, PaidOrderCart } from './schema';

const KINDS: Record<string, ErrorKind> = {
  no_open_shift: 'conflict',
  shift_changed: 'conflict',
  total_changed: 'conflict',
  duplicate_client_key: 'conflict',
  discount_over_limit: 'forbidden',
};

/** SQLSTATE of `refuse()`: what a person can put right. The message is the code, the detail its parameters as JSON. */
const REFUSED = 'SP400';

/** A refusal of the database's own functions as a `PortalError`; anything else as it came. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (brokenConstraint(error)?.includes('client_key')) {
    return new PortalError('conflict', 'duplicate_client_key', { cause: error });
  }
  if (error.code !== REFUSED) return error;
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '{}';
  return new PortalError(KINDS[error.message] ?? 'invalid', error.message, {
    params: JSON.parse(detail) as ErrorParams,
  });
}

type Receipt = Record<
  'orderId' | 'number' | 'orderedAt' | 'currency' | 'listTotal' | 'discountTotal' | 'netTotal',
  string
> &
  Record<'paid' | 'change' | 'due', string> &
  Pick<PaidOrder, 'terms' | 'settled' | 'replayed'>;

/** Sells a cart in one round trip. Throws the refusals of `create_paid_order`. */
export async function sellCart(actor: StaffActor, branchId: string, cart: PaidOrderCart): Promise<PaidOrder> {
  const { correlationId } = actor;
  const request = { ...cart, actorId: actor.id, actorRole: actor.role, branchId, correlationId };
  const text = JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  try {
    const { rows } = await pool().query<{ receipt: Receipt }>({
      name: 'create_paid_order',
      text: 'SELECT create_paid_order($1::jsonb) AS receipt',
      values: [text],
    });
    const receipt = rows[0]?.receipt;
    if (!receipt) throw new Error('create_paid_order answered nothing');
    return {
      ...receipt,
      orderedAt: new Date(receipt.orderedAt),
      listTotal: BigInt(receipt.listTotal),
      discountTotal: BigInt(receipt.discountTotal),
      netTotal: BigInt(receipt.netTotal),
      paid: BigInt(receipt.paid),
      change: BigInt(receipt.change),
      due: BigInt(receipt.due),
    };
  } catch (error) {
    throw asRefusal(error);
  }
}
