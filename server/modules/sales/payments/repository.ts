import { CASH_UNITS, LARGEST_NOTES } from '@/server/domain/cash';
import type { StaffActor } from '@/server/platform/actor';
import { witness } from '@/server/platform/audit-witness';
import { asRefusal, queryFirst } from '@/server/platform/db';
import type { ErrorKind } from '@/server/platform/errors';
import { notify } from '@/server/platform/notify';
import type { BalanceToTake, TakenBalance } from './schema';

const KINDS: Record<string, ErrorKind> = {
  not_found: 'not-found',
  no_open_shift: 'conflict',
  shift_changed: 'conflict',
  duplicate_client_key: 'conflict',
  balance_changed: 'conflict',
  balance_settled: 'conflict',
  balance_of_void: 'conflict',
  balance_on_account: 'conflict',
};

const MONEY = ['netTotal', 'paidBefore', 'paid', 'rounding', 'change', 'due'] as const;
type Taken = Record<'orderId' | 'number' | 'currency' | (typeof MONEY)[number], string> &
  Pick<TakenBalance, 'settled' | 'replayed'> & { auditId?: string };

/** Takes what is owed of an order in one round trip. Throws the refusals of `take_balance`. */
export async function writeBalance(actor: StaffActor, branchId: string, taken: BalanceToTake): Promise<TakenBalance> {
  const cash = { cashUnits: CASH_UNITS, largestNotes: LARGEST_NOTES };
  const request = { ...taken, actorId: actor.id, branchId, correlationId: actor.correlationId, ...cash };
  const text = JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  try {
    const { rows } = await queryFirst<{ taken: Taken }>({
      name: 'take_balance',
      text: 'SELECT take_balance($1::jsonb) AS taken',
      values: [text],
    });
    const answer = rows[0]?.taken;
    if (!answer) throw new Error('take_balance answered nothing');
    const { auditId, ...facts } = answer;
    if (auditId) witness(auditId);
    notify('outbox');
    const money = Object.fromEntries(MONEY.map((name) => [name, BigInt(facts[name])]));
    return { ...facts, ...(money as Record<(typeof MONEY)[number], bigint>) };
  } catch (error) {
    throw asRefusal(error, { kinds: KINDS });
  }
}
