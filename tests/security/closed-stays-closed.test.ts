import { beforeAll, describe, expect, it } from 'vitest';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { acceptShift } from '@/server/modules/sales/till/use-cases/accept-shift';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { systemActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import { rowsOf, withDatabase } from '../integration/database';
import { addDoctor, addOrder, addPlan } from '../integration/statement-fixture';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf } from '../integration/till-fixture';

withDatabase();

const actor = systemActor('test');
let ids: Record<
  | 'order'
  | 'shift'
  | 'accepted'
  | 'open'
  | 'statement'
  | 'draft'
  | 'period'
  | 'adjustment'
  | 'document'
  | 'doctor'
  | 'line',
  string
>;

async function runMonth(month: string): Promise<string> {
  const { runId, periodId } = await requestStatementRun({ actor, month });
  await startStatementBatch({ actor, runId, periodId });
  const events = await rowsOf<{ data: { chunk: number; doctorIds: string[] } }>(
    `SELECT data FROM outbox_event WHERE name = 'statement/generation.requested' AND data ->> 'runId' = $1`,
    [runId],
  );
  for (const { data } of events) await draftStatements({ actor, runId, periodId, ...data });
  return periodId;
}

beforeAll(async () => {
  await makeFixture();
  const item = await oneOf<{ service: string; item: string; branch: string; patient: string }>(
    `SELECT i.service_id AS service, i.id AS item, (SELECT id FROM branch WHERE code = 'Q1') AS branch, (SELECT id FROM patient LIMIT 1) AS patient
     FROM rate_card_item i JOIN service s ON s.id = i.service_id WHERE s.code = 'CBC' LIMIT 1`,
  );
  const fixture = { branch: item.branch, patient: item.patient, items: new Map([['CBC', item]]) };
  const doctor = await addDoctor('CLOSED', await addPlan(fixture, 'FLAT', [{ from: '2020-01-01', value: '10' }]));
  for (const month of ['2026-08', '2026-09'])
    await addOrder(fixture, {
      doctor,
      settledAt: `${month}-05T02:00:00Z`,
      lines: [{ service: 'CBC', net: 1_000_000n }],
    });
  const { id: adjustment } = await oneOf<{ id: string }>(
    `INSERT INTO adjustment (doctor_id, amount, reason, state) VALUES ($1, 1000, 'x', 'approved') RETURNING id`,
    [doctor],
  );
  const period = await runMonth('2026-08');
  await approveStatements({ actor, month: '2026-08' });
  await runMonth('2026-09');
  const statements = await rowsOf<{ id: string; state: string }>('SELECT id, state FROM statement');
  const idIn = (state: string) => statements.find((one) => one.state === state)?.id ?? '';

  const manager = await makeStaff('branch-manager');
  const shifts = await Promise.all(['T1', 'T2', 'T3'].map((till) => makeCashier(till)));
  const [closed, accepted, open] = shifts;
  if (!closed || !accepted || !open) throw new Error('no shifts');
  const sold = await createPaidOrder({ actor: closed.actor, cart: await cartOf() });
  for (const one of [closed, accepted]) await closeShift({ actor: one.actor, shiftId: one.shiftId, denominations: {} });
  await acceptShift({ actor: manager, shiftId: accepted.shiftId });
  const line = await oneOf<{ id: string }>('SELECT id FROM order_line WHERE order_id = $1', [sold.orderId]);
  await storeDocument({
    actor,
    kind: 'receipt',
    ownerId: sold.orderId,
    language: 'vi',
    bytes: Buffer.from('%PDF-1.7'),
  });
  const document = await oneOf<{ id: string }>('SELECT id FROM document LIMIT 1');
  ids = {
    order: sold.orderId,
    line: line.id,
    shift: closed.shiftId,
    accepted: accepted.shiftId,
    open: open.shiftId,
    statement: idIn('approved'),
    draft: idIn('draft'),
    period,
    adjustment,
    document: document.id,
    doctor,
  };
});

const LINE = (
  statement: string,
) => `INSERT INTO statement_line (statement_id, position, kind, order_id, order_line_id, settled_at, base, commission, parts)
  SELECT '${statement}', 99, 'sale', l.order_id, l.id, now(), 1, 1, '[]' FROM order_line l LIMIT 1`;

/** What the application's role tried with success before. */
const ATTEMPTS: Record<string, () => string> = {
  'inserts into a sealed statement': () => LINE(ids.statement),
  'moves a line into a sealed statement': () =>
    `UPDATE statement_line SET statement_id = '${ids.statement}' WHERE statement_id = '${ids.draft}'`,
  'changes a line of a sealed statement': () =>
    `UPDATE statement_line SET commission = 1 WHERE statement_id = '${ids.statement}'`,
  'changes the figures of a sealed statement': () => `UPDATE statement SET tax_rate = 0 WHERE id = '${ids.statement}'`,
  'changes who approved a sealed statement': () =>
    `UPDATE statement SET approved_by = NULL, approved_at = now() WHERE id = '${ids.statement}'`,
  'writes a statement that was never a draft': () =>
    `INSERT INTO statement (period_id, doctor_id, version, state, content_hash) SELECT p.id, '${ids.doctor}', 7, 'approved', 'x' FROM statement_period p WHERE p.state = 'open' LIMIT 1`,
  'seals a statement without a snapshot': () =>
    `UPDATE statement SET state = 'approved', content_hash = 'x' WHERE id = '${ids.draft}'`,
  'adds a statement to a sealed month': () =>
    `INSERT INTO statement (period_id, doctor_id, version) VALUES ('${ids.period}', '${ids.doctor}', 7)`,
  'reopens a sealed month': () =>
    `UPDATE statement_period SET state = 'open', sealed_at = NULL WHERE id = '${ids.period}'`,
  'moves the bounds of a month': () => `UPDATE statement_period SET ends_at = now() WHERE id <> '${ids.period}'`,
  'seals a month with drafts': () =>
    `UPDATE statement_period SET state = 'sealed', sealed_at = now() WHERE state = 'open'`,
  'takes an adjustment out of a sealed statement': () =>
    `UPDATE adjustment SET statement_id = NULL WHERE id = '${ids.adjustment}'`,
  'changes the amount of an approved adjustment': () =>
    `UPDATE adjustment SET amount = 1 WHERE id = '${ids.adjustment}'`,
  'changes the count of a closed shift': () => `UPDATE shift SET counted_cash = 1 WHERE id = '${ids.shift}'`,
  'reopens a closed shift': () => `UPDATE shift SET state = 'open' WHERE id = '${ids.shift}'`,
  'changes an accepted shift': () => `UPDATE shift SET accepted_at = now() WHERE id = '${ids.accepted}'`,
  'lets a cashier accept the own shift': () =>
    `UPDATE shift SET state = 'accepted', accepted_by = cashier_id, accepted_at = now() WHERE id = '${ids.shift}'`,
  'changes the float of an open shift': () => `UPDATE shift SET float_amount = 1 WHERE id = '${ids.open}'`,
  'deletes a shift': () => `DELETE FROM shift WHERE id = '${ids.open}'`,
  'opens a shift that was closed already': () =>
    `INSERT INTO shift (till_id, cashier_id, float_amount, state, closed_at) SELECT till_id, cashier_id, 0, 'closed', now() FROM shift WHERE id = '${ids.shift}'`,
  'adds a payment to a closed shift': () =>
    `INSERT INTO payment (order_id, shift_id, method, amount) VALUES ('${ids.order}', '${ids.shift}', 'card', 1)`,
  'adds a movement to a closed shift': () =>
    `INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount)
     SELECT '${ids.shift}', m.id, 'cash-out', a, n FROM (SELECT uuidv7() AS id) m CROSS JOIN (VALUES ('drawer', -1), ('safe', 1)) v (a, n)`,
  'adds an order to a closed shift': () =>
    `INSERT INTO orders (number, branch_id, patient_id, source, terms, ordered_at, list_total, discount_total, net_total, shift_id)
     SELECT 'X', branch_id, patient_id, 'pos', 'immediate', now(), 0, 0, 0, '${ids.shift}' FROM orders WHERE id = '${ids.order}'`,
  "changes an order's doctor": () => `UPDATE orders SET doctor_id = '${ids.doctor}' WHERE id = '${ids.order}'`,
  "changes an order's patient": () => `UPDATE orders SET customer_id = NULL, note = 'x' WHERE id = '${ids.order}'`,
  'adds lines to an order': () =>
    `INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, net) SELECT order_id, 9, service_id, rate_card_item_id, 0, 0 FROM order_line WHERE id = '${ids.line}'`,
  'writes lines that miss the total of their order': () =>
    `WITH o AS (INSERT INTO orders (number, branch_id, patient_id, source, terms, ordered_at, list_total, discount_total, net_total)
       SELECT 'Y', branch_id, patient_id, 'pos', 'immediate', now(), 0, 0, 0 FROM orders WHERE id = '${ids.order}' RETURNING id)
     INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, net) SELECT o.id, 1, l.service_id, l.rate_card_item_id, 5, 5 FROM order_line l, o WHERE l.id = '${ids.line}'`,
  'gives back more than a line came to': () =>
    `WITH r AS (INSERT INTO refund (order_id, reason, refunded_at) VALUES ('${ids.order}', 'x', now()) RETURNING id)
     INSERT INTO refund_line (refund_id, order_line_id, net) SELECT r.id, l.id, -l.net - 1 FROM r, order_line l WHERE l.id = '${ids.line}'`,
  'gives back in a closed shift': () =>
    `INSERT INTO refund (order_id, reason, refunded_at, shift_id) VALUES ('${ids.order}', 'x', now(), '${ids.shift}')`,
  'writes an approval that nobody was asked for': () =>
    `INSERT INTO approval (kind, branch_id, client_key, asked_by, reason, amount, details, state, decided_by, decided_at)
     SELECT 'give-back', branch_id, uuidv7(), created_by, 'x', 1, '{}', 'approved', uuidv7(), now() FROM orders WHERE id = '${ids.order}'`,
  'empties the approvals': () => 'TRUNCATE approval CASCADE',
  'changes a document': () =>
    `UPDATE document SET sha256 = repeat('0', 64), storage_key = 'x' WHERE id = '${ids.document}'`,
  'deletes a document': () => `DELETE FROM document WHERE id = '${ids.document}'`,
  'changes a label': () => `UPDATE specimen_label SET barcode = 'x'`,
  'moves a rate card to another scope': () => `UPDATE rate_card SET currency = 'USD' WHERE code = 'BASE'`,
  'publishes prices without their version': () =>
    `INSERT INTO rate_card_item (version_id, service_id, price) SELECT version_id, (SELECT id FROM service WHERE code = 'NOPRICE'), 1 FROM rate_card_item LIMIT 1`,
  'empties the orders': () => 'TRUNCATE orders CASCADE',
  'empties the months': () => 'TRUNCATE statement_period CASCADE',
};
const names = Object.keys(ATTEMPTS);

describe("neither the application's role nor the owner", () => {
  it.each(names)('%s', async (name) => {
    const statement = ATTEMPTS[name]?.() ?? '';
    const refused = { code: expect.stringMatching(/^(42501|23001)$/) };
    await expect(pool().query(statement)).rejects.toMatchObject(refused);
    // A label is laid down after the sale; where there is none, the owner's statement finds no row to refuse.
    if (name === 'changes a label')
      await rowsOf(`INSERT INTO specimen_label (order_id, category, barcode, position) VALUES ($1, 'x', 'B', 1)`, [
        ids.order,
      ]);
    await expect(rowsOf(statement)).rejects.toMatchObject({ code: '23001' });
  });
});
