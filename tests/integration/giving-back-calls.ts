import type { StaffActor } from '@/server/platform/actor';
import { hashPassword } from '@/server/platform/passwords';
import { askedAbove, asks, card, sell } from './giving-back-fixture';
import { makeCashier, makeStaff, oneOf, rowsOf } from './till-fixture';

type Call = { actor: StaffActor; input: unknown };

/** For every mutation of giving back and of approvals: a small fixture in which it succeeds, who calls it, and with what. */
export const givingBackCalls = (nextTill: () => string): Record<string, () => Promise<Call>> => ({
  'approvals.decide': async () => {
    const { id } = await askedAbove((await makeCashier(nextTill())).actor);
    return { actor: await makeStaff('branch-manager'), input: { id, approve: true, answer: null } };
  },
  'approvals.approveHere': async () => {
    const { actor } = await makeCashier(nextTill());
    const { id } = await askedAbove(actor);
    const password = 'quite-some-password';
    const manager = await makeStaff('branch-manager');
    const { email } = await oneOf<{ email: string }>(
      'UPDATE app_user SET password_hash = $2 WHERE id = $1 RETURNING email',
      [manager.id, await hashPassword(password)],
    );
    await rowsOf('DELETE FROM rate_limit');
    return { actor, input: { id, email, password } };
  },
  'approvals.withdraw': async () => {
    const { actor } = await makeCashier(nextTill());
    return { actor, input: { id: (await askedAbove(actor)).id } };
  },
  'givingBack.ask': async () => {
    const { actor } = await makeCashier(nextTill());
    const { orderId } = await sell(actor, {
      services: [{ code: 'PAP', discountPercent: '0' }],
      payments: [card(375_333n)],
    });
    await rowsOf('UPDATE organisation SET refund_limit = 300000');
    return { actor, input: asks(orderId, { lines: [{ position: 1, amount: 375_333n }], payments: [card(375_333n)] }) };
  },
  'givingBack.give': async () => {
    const { actor } = await makeCashier(nextTill());
    const { orderId } = await sell(actor);
    const lines = [{ position: 1, amount: 20_000n }];
    return { actor, input: asks(orderId, { lines, payments: [{ method: 'cash', amount: 20_000n }] }) };
  },
});
