import { beforeAll, describe, expect, it } from 'vitest';
import { ownApproval, waitingApprovals } from '@/server/modules/core/approvals/queries';
import { approveHere } from '@/server/modules/core/approvals/use-cases/approve-here';
import { decideApproval } from '@/server/modules/core/approvals/use-cases/decide-approval';
import { lapseApprovals } from '@/server/modules/core/approvals/use-cases/lapse-approvals';
import { listWaitingApprovals } from '@/server/modules/core/approvals/use-cases/list-waiting-approvals';
import { withdrawApproval } from '@/server/modules/core/approvals/use-cases/withdraw-approval';
import { listPendingWork } from '@/server/modules/core/pending/use-cases/list-pending-work';
import { askGiveBack } from '@/server/modules/sales/giving-back/use-cases/ask-give-back';
import { giveBack } from '@/server/modules/sales/giving-back/use-cases/give-back';
import type { StaffActor } from '@/server/platform/actor';
import { hashPassword } from '@/server/platform/passwords';
import { rowsPastGuards, withDatabase } from './database';
import { asks, cash, codeOf, give, giveApproved, sell } from './giving-back-fixture';
import { makeCashier, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();

let cashier: StaffActor;
let manager: StaffActor;
beforeAll(async () => {
  await makeFixture();
  await rowsOf('UPDATE organisation SET refund_limit = 100000');
  ({ actor: cashier } = await makeCashier('T1'));
  manager = await makeStaff('branch-manager');
});

const WHOLE = { lines: [{ position: 1, amount: 120_333n }], payments: [cash(120_333n)] };

/** A sale of 120,333 of which the whole is asked back, which takes two. */
async function asked(parts = WHOLE) {
  const sold = await sell(cashier);
  const request = asks(sold.orderId, parts);
  const { approvalId } = await askGiveBack({ actor: cashier, asked: request });
  if (!approvalId) throw new Error('needs no approval');
  return { sold, request: { ...request, clientKey: crypto.randomUUID(), approvalId }, id: approvalId };
}
const decide = (id: string, actor = manager, approve = true) =>
  decideApproval({ actor, id, approve, answer: approve ? null : 'không đúng' });
const trailOf = (id: string) =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', action, actor_id = $2, actor_id = $3, detail ->> 'here') AS line FROM audit_entry WHERE entity = 'approval' AND entity_id = $1 ORDER BY id`,
    [id, cashier.id, manager.id],
  ).then((rows) => rows.map(({ line }) => line));

describe('two people', () => {
  it('one alone up to the limit, counted over the whole order; above it not without the other', async () => {
    const sold = await sell(cashier);
    expect(
      (
        await askGiveBack({
          actor: cashier,
          asked: asks(sold.orderId, { lines: [{ position: 1, amount: 1n }], payments: [cash(1n)] }),
        })
      ).approvalId,
    ).toBeNull();
    await give(cashier, sold.orderId, { lines: [{ position: 1, amount: 100_000n }], payments: [cash(100_000n)] });
    const rest = { lines: [{ position: 1, amount: 20_333n }], payments: [cash(20_333n)] };
    expect(await codeOf(give(cashier, sold.orderId, rest))).toBe('approval_needed');
    expect((await giveApproved(cashier, manager, sold.orderId, rest)).total).toBe(20_333n);
    expect(
      await oneOf('SELECT requested_by, approved_by FROM refund WHERE order_id = $1 AND approval_id IS NOT NULL', [
        sold.orderId,
      ]),
    ).toEqual({ requested_by: cashier.id, approved_by: manager.id });
  });

  it('a manager too asks another one; a void of somebody else’s sale as well, at any sum', async () => {
    const own = await makeCashier('T2', 'Q1', 'branch-manager');
    const sold = await sell(own.actor);
    expect(await codeOf(give(own.actor, sold.orderId, WHOLE))).toBe('approval_needed');
    await rowsOf('UPDATE organisation SET refund_limit = 1000000');
    expect(await codeOf(give(cashier, sold.orderId, { kind: 'void', payments: [cash(120_333n)] }))).toBe(
      'approval_needed',
    );
    expect((await give(own.actor, sold.orderId, { kind: 'void', payments: [cash(120_333n)] })).kind).toBe('void');
    await rowsOf('UPDATE organisation SET refund_limit = 100000');
  });

  it('it waits for the managers of the branch, says what, by whom and for whom, and is decided once', async () => {
    const { sold, request, id } = await asked();
    const waits = (actor: StaffActor) =>
      listPendingWork({ actor }).then((work) =>
        work.filter(({ kind }) => kind === 'approvals-to-decide').map(({ address, count }) => [address, count]),
      );
    expect(await waits(manager)).toEqual([['/approvals', 1]]);
    expect(await waits(await makeStaff('branch-manager', 'HN'))).toEqual([]);
    expect(await waits(cashier)).toEqual([]);
    expect(await listWaitingApprovals({ actor: manager })).toMatchObject([
      {
        ...{ id, kind: 'give-back', reason: 'không làm nữa', amount: 120_333n, askedByName: 'Người dùng' },
        request: { kind: 'refund', lines: [[1, 120_333]], payments: [['cash', 120_333]] },
        order: { number: sold.number, branchCode: 'Q1', patientName: 'Nguyễn Thị Đào' },
      },
    ]);
    expect(await codeOf(giveBack({ actor: cashier, asked: request }))).toBe('approval_waiting');
    expect(await ownApproval({ actor: cashier, id })).toMatchObject({ state: 'waiting' });
    expect(await ownApproval({ actor: manager, id })).toBeNull();
    await decide(id);
    expect(await codeOf(decide(id))).toBe('approval_decided');
    expect(await ownApproval({ actor: cashier, id })).toMatchObject({ state: 'approved', decidedByName: 'Người dùng' });
    expect((await waitingApprovals(manager)).map((one) => one.id)).not.toContain(id);
    expect(await waits(manager)).toEqual([]);
    await giveBack({ actor: cashier, asked: request });
    expect(await trailOf(id)).toEqual(['approval.asked t f', 'approval.approved f t false']);
  });

  it('who asks never decides, nor a manager of another branch, in the database neither', async () => {
    const own = await makeCashier('T3', 'Q1', 'branch-manager');
    const sold = await sell(own.actor);
    const { approvalId } = await askGiveBack({ actor: own.actor, asked: asks(sold.orderId, WHOLE) });
    expect(await codeOf(decide(approvalId ?? '', own.actor))).toBe('approve_own');
    expect((await waitingApprovals(own.actor)).map(({ id }) => id)).not.toContain(approvalId);
    expect(await codeOf(decide(approvalId ?? '', await makeStaff('branch-manager', 'HN')))).toBe('not_found');
    expect(await codeOf(decide(approvalId ?? '', cashier))).toBe('not_found');
    expect(await codeOf(decide(crypto.randomUUID()))).toBe('not_found');
    await expect(
      rowsOf(`UPDATE approval SET state = 'approved', decided_by = asked_by, decided_at = now() WHERE id = $1`, [
        approvalId,
      ]),
    ).rejects.toMatchObject({ constraint: 'approval_two_people' });
    await expect(rowsOf(`UPDATE approval SET amount = 1 WHERE id = $1`, [approvalId])).rejects.toMatchObject({
      code: '23001',
    });
    await expect(
      rowsOf(
        `INSERT INTO refund (order_id, reason, refunded_at, requested_by, approved_by) VALUES ($1, 'x', now(), $2, $2)`,
        [sold.orderId, cashier.id],
      ),
    ).rejects.toMatchObject({ constraint: 'refund_two_people' });
  });

  it('an approval is used once, for exactly what was asked, by who asked', async () => {
    const { request, id, sold } = await asked();
    await decide(id);
    const less = { ...request, lines: [{ position: 1, amount: 120_332n }], payments: [cash(120_332n)] };
    expect(await codeOf(giveBack({ actor: cashier, asked: less }))).toBe('approval_for_other');
    expect(await codeOf(giveBack({ actor: cashier, asked: { ...request, reason: 'khác' } }))).toBe(
      'approval_for_other',
    );
    const { actor: other } = await makeCashier('T4');
    expect(await codeOf(giveBack({ actor: other, asked: request }))).toBe('approval_for_other');
    const same = await sell(cashier);
    expect(await codeOf(giveBack({ actor: cashier, asked: { ...request, orderId: same.orderId } }))).toBe(
      'approval_for_other',
    );
    const tried = await Promise.all(
      Array.from({ length: 20 }, () =>
        codeOf(giveBack({ actor: cashier, asked: { ...request, clientKey: crypto.randomUUID() } })),
      ),
    );
    expect(tried.filter((code) => code === null)).toHaveLength(1);
    expect(await oneOf('SELECT count(*)::int AS n FROM refund WHERE order_id = $1', [sold.orderId])).toEqual({ n: 1 });
    await expect(rowsOf(`UPDATE approval SET used_at = now() WHERE id = $1`, [id])).rejects.toMatchObject({
      code: '23001',
    });
  });

  it('twenty who ask with one key ask once, twenty who decide decide once', async () => {
    const sold = await sell(cashier);
    const request = asks(sold.orderId, WHOLE);
    const ids = await Promise.all(Array.from({ length: 20 }, () => askGiveBack({ actor: cashier, asked: request })));
    expect(new Set(ids.map(({ approvalId }) => approvalId)).size).toBe(1);
    const id = ids[0]?.approvalId ?? '';
    const decided = await Promise.all(Array.from({ length: 20 }, (_, at) => codeOf(decide(id, manager, at % 2 === 0))));
    expect(decided.filter((code) => code === null)).toHaveLength(1);
    expect(await codeOf(askGiveBack({ actor: cashier, asked: { ...request, reason: 'khác' } }))).toBe(
      'duplicate_client_key',
    );
  });

  it('what is refused, withdrawn or lapsed allows nothing', async () => {
    const refused = await asked();
    await decide(refused.id, manager, false);
    expect(await codeOf(giveBack({ actor: cashier, asked: refused.request }))).toBe('approval_refused');
    expect(await ownApproval({ actor: cashier, id: refused.id })).toMatchObject({
      state: 'refused',
      answer: 'không đúng',
    });
    const withdrawn = await asked();
    expect(await codeOf(withdrawApproval({ actor: manager, id: withdrawn.id }))).toBe('not_found');
    await withdrawApproval({ actor: cashier, id: withdrawn.id });
    expect(await codeOf(decide(withdrawn.id))).toBe('approval_decided');
    expect(await codeOf(giveBack({ actor: cashier, asked: withdrawn.request }))).toBe('approval_lapsed');
    const [late, unused] = [await asked(), await asked()];
    await decide(unused.id);
    await rowsPastGuards(`UPDATE approval SET asked_at = asked_at - interval '5 hours' WHERE id = ANY ($1)`, [
      [late.id, unused.id],
    ]);
    expect(await codeOf(decide(late.id))).toBe('approval_lapsed');
    expect(await codeOf(giveBack({ actor: cashier, asked: unused.request }))).toBe('approval_lapsed');
    expect(await lapseApprovals()).toBe(1);
    expect(await trailOf(late.id)).toEqual(['approval.asked t f', 'approval.lapsed f f']);
  });

  it('may be given at the screen of who asks, by the manager’s own password, as a sign-in is', async () => {
    const passwordHash = await hashPassword('Mat khau dai 2026');
    const emailOf = async (actor: StaffActor) =>
      (
        await oneOf<{ email: string }>('UPDATE app_user SET password_hash = $2 WHERE id = $1 RETURNING email', [
          actor.id,
          passwordHash,
        ])
      ).email;
    const here = (id: string, email: string, password = 'Mat khau dai 2026', address = crypto.randomUUID()) =>
      approveHere({ actor: cashier, id, email, password, addressHash: address });
    const { id, request } = await asked();
    const email = await emailOf(manager);
    expect(await codeOf(here(id, email, 'wrong'))).toBe('wrong_credentials');
    expect(await codeOf(here(id, 'nobody@example.com'))).toBe('wrong_credentials');
    expect(await codeOf(here(id, await emailOf(cashier)))).toBe('approve_own');
    expect(await codeOf(here(id, await emailOf(await makeStaff('cashier'))))).toBe('no_approver');
    expect(await codeOf(here(id, await emailOf(await makeStaff('branch-manager', 'HN'))))).toBe('no_approver');
    const newcomer = await makeStaff('branch-manager');
    const newEmail = await emailOf(newcomer);
    await rowsOf('UPDATE app_user SET must_change_password = true WHERE id = $1', [newcomer.id]);
    expect(await codeOf(here(id, newEmail))).toBe('wrong_credentials');
    await here(id, email);
    await giveBack({ actor: cashier, asked: request });
    expect(await trailOf(id)).toEqual(['approval.asked t f', 'approval.approved f t true', 'approval.taken-here t f']);
    const again = await asked();
    const address = crypto.randomUUID();
    const tries: (string | null)[] = [];
    for (let one = 0; one < 15; one += 1) tries.push(await codeOf(here(again.id, email, 'wrong', address)));
    expect(tries.at(-1)).toBe('too_many_tries');
  });
});
