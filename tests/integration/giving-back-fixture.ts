import { decideApproval } from '@/server/modules/core/approvals/use-cases/decide-approval';
import { giveBackInput } from '@/server/modules/sales/giving-back/schema';
import { askGiveBack } from '@/server/modules/sales/giving-back/use-cases/ask-give-back';
import { giveBack } from '@/server/modules/sales/giving-back/use-cases/give-back';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { cartOf, rowsOf } from './till-fixture';

type Parts = Parameters<typeof cartOf>[0];
export type Asked = {
  kind?: 'refund' | 'void';
  reason?: string;
  clientKey?: string;
  approvalId?: string;
  lines?: { position: number; amount: bigint }[];
  payments?: { method: 'cash' | 'card' | 'transfer'; amount: bigint; reference?: string }[];
};

export const sell = async (actor: StaffActor, parts: Parts = {}) =>
  createPaidOrder({ actor, cart: await cartOf(parts) });

export const cash = (amount: bigint) => ({ method: 'cash' as const, amount });
export const card = (amount: bigint) => ({ method: 'card' as const, amount });
export const services = (...codes: string[]) => codes.map((code) => ({ code, discountPercent: '0' }));

/** A request as the screen would send it. */
export const asks = (orderId: string, asked: Asked = {}) =>
  giveBackInput.parse({ clientKey: crypto.randomUUID(), orderId, kind: 'refund', reason: 'không làm nữa', ...asked });

export const give = (actor: StaffActor, orderId: string, asked: Asked = {}) =>
  giveBack({ actor, asked: asks(orderId, asked) });

/** Gives back with the approval of a manager. */
export async function giveApproved(actor: StaffActor, manager: StaffActor, orderId: string, asked: Asked = {}) {
  const request = asks(orderId, asked);
  const { approvalId } = await askGiveBack({ actor, asked: request });
  if (approvalId) await decideApproval({ actor: manager, id: approvalId, approve: true, answer: null });
  return giveBack({ actor, asked: { ...request, clientKey: crypto.randomUUID(), approvalId } });
}

/** What of a promise that is refused, in words; null where it was not. */
export const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    ({ code, params }: { code: string; params: object }) => [code, params] as const,
  );
export const codeOf = async (promise: Promise<unknown>) => (await refusal(promise))?.[0] ?? null;

/** The rows of a shift on which its three sums differ. */
export const gapsOf = (shiftId: string) =>
  rowsOf('SELECT * FROM shift_sums($1) WHERE ordered <> paid OR paid <> ledger', [shiftId]);
export const expectedCash = async (shiftId: string) =>
  (await rowsOf<{ cash: string }>('SELECT expected_cash($1)::text AS cash', [shiftId]))[0]?.cash;

/** Something that a cashier asks about above what one alone may give back. */
export async function askedAbove(actor: StaffActor): Promise<{ id: string; orderId: string }> {
  await rowsOf('UPDATE organisation SET refund_limit = 300000');
  const { orderId } = await sell(actor, { services: services('PAP'), payments: [card(375_333n)] });
  const whole = { lines: [{ position: 1, amount: 375_333n }], payments: [card(375_333n)] };
  const { approvalId } = await askGiveBack({ actor, asked: asks(orderId, whole) });
  if (!approvalId) throw new Error('needs no approval');
  return { id: approvalId, orderId };
}
