import { CASH_UNITS } from '@/server/domain/cash';
import type { StaffActor } from '@/server/platform/actor';
import { witness } from '@/server/platform/audit-witness';
import { asRefusal, queryFirst } from '@/server/platform/db';
import type { ErrorKind } from '@/server/platform/errors';
import { notify } from '@/server/platform/notify';
import type { GiveBackRequest, GivenBack } from './schema';

const KINDS: Record<string, ErrorKind> = {
  not_found: 'not-found',
  no_open_shift: 'conflict',
  duplicate_client_key: 'conflict',
  approval_needed: 'forbidden',
  approval_waiting: 'conflict',
  approval_used: 'conflict',
};

const asText = (value: object): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));

const requestOf = (actor: StaffActor, branchId: string, asked: GiveBackRequest): string =>
  asText({ ...asked, actorId: actor.id, branchId, correlationId: actor.correlationId, cashUnits: CASH_UNITS });

type Written = Record<'total' | 'paidBack' | 'handed', string> &
  Pick<GivenBack, 'refundId' | 'orderId' | 'number' | 'kind' | 'currency' | 'replayed'> & { auditId: string | null };

/** Gives back in one round trip. Throws the refusals of `give_back`. */
export async function writeRefund(actor: StaffActor, branchId: string, asked: GiveBackRequest): Promise<GivenBack> {
  try {
    const { rows } = await queryFirst<{ given: Written }>({
      name: 'give_back',
      text: 'SELECT give_back($1::jsonb) AS given',
      values: [requestOf(actor, branchId, asked)],
    });
    const answer = rows[0]?.given;
    if (!answer) throw new Error('give_back answered nothing');
    const { auditId, total, paidBack, handed, ...given } = answer;
    if (auditId) witness(auditId);
    notify('outbox');
    return { ...given, total: BigInt(total), paidBack: BigInt(paidBack), handed: BigInt(handed) };
  } catch (error) {
    throw asRefusal(error, { kinds: KINDS });
  }
}

/** Asks for the approval of a request to give back; null where it needs none. Throws the refusals of `give_back`. */
export async function askForRefund(
  actor: StaffActor,
  branchId: string,
  asked: GiveBackRequest,
): Promise<string | null> {
  try {
    const { rows } = await queryFirst<{ asked: { approvalId: string | null; auditId?: string } }>({
      name: 'ask_give_back',
      text: 'SELECT ask_give_back($1::jsonb) AS asked',
      values: [requestOf(actor, branchId, asked)],
    });
    const answer = rows[0]?.asked;
    if (answer?.auditId) witness(answer.auditId);
    return answer?.approvalId ?? null;
  } catch (error) {
    throw asRefusal(error, { kinds: KINDS });
  }
}
