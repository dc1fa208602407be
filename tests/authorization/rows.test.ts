import { TRPCError } from '@trpc/server';
import { beforeAll, expect, it } from 'vitest';
import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory } from '@/server/api/trpc';
import { ROLES, type Role } from '@/server/domain/role';
import type { DoctorActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { rowsPastGuards, withDatabase } from '../integration/database';
import { idOf, makeReadFixture, staff } from '../integration/read-fixture';

withDatabase();

/** Who asks: people of the first branch, those whom no branch binds, and the doctor of the first statement. */
const PEOPLE: Record<Role, [number, 1 | null]> = {
  cashier: [1, 1],
  'branch-manager': [3, 1],
  clinician: [6, 1],
  'upload-operator': [5, null],
  finance: [5, null],
  administrator: [5, null],
  auditor: [5, null],
};
const doctor: DoctorActor = { kind: 'doctor', id: idOf('doctor', 1), linkId: idOf('link', 1), correlationId: 'rows' };
const NOBODY: ApiContext = { staff: null, doctor: null, locale: 'vi', correlationId: 'rows', addressHash: 'rows' };
const callers: [string, ApiContext][] = [
  ...ROLES.map((role): [string, ApiContext] => {
    const [n, branch] = PEOPLE[role];
    return [role, { ...NOBODY, staff: staff(n, role, branch), sessionId: idOf('event', 7) }];
  }),
  ['doctor', { ...NOBODY, doctor }],
  ['nobody', NOBODY],
];

/** A procedure, whose row is asked for, what is sent, and what of the row shows in an answer. */
type Ask = [procedure: string, whose: string, input: unknown, shows?: string];

/** Sales that wait: at the branch of the cashier, and at another. */
const HELD = idOf('event', 12);
const HELD_THERE = idOf('event', 13);

const order = (n: number) => ({ id: idOf('order', n) });
const READS: Ask[] = [
  ['orders.byId', 'own branch', order(1)],
  ['orders.byId', 'another branch', order(5)],
  ['orders.byId', 'is not there', order(99)],
  ['orders.receipt', 'own branch', { orderId: idOf('order', 1) }, idOf('document', 2)],
  ['orders.list', 'own branch', {}, idOf('order', 1)],
  ['orders.list', 'another branch', {}, idOf('order', 5)],
  ['orders.list', 'another branch, by name', { branch: 'HN' }, idOf('order', 5)],
  ['orders.branches', 'another branch', undefined, 'HN'],
  ['givingBack.ofOrder', 'own branch', { orderId: idOf('order', 1) }],
  // Whoever holds its receipt may be given back anywhere; the reading is recorded.
  ['givingBack.ofOrder', 'another branch', { orderId: idOf('order', 5) }],
  ['givingBack.ofOrder', 'another branch, by number', { number: 'HN-261005-0001' }],
  ['givingBack.list', 'another branch', { orderId: idOf('order', 5) }, idOf('refund', 1)],
  ['approvals.waiting', 'own branch', undefined, idOf('event', 21)],
  ['approvals.waiting', 'another branch', undefined, idOf('event', 22)],
  ['approvals.mine', 'own', { id: idOf('event', 21) }],
  ['approvals.mine', 'another person', { id: idOf('event', 22) }],
  ['patients.byId', 'any', { id: idOf('patient', 1) }],
  ['patients.byId', 'order of another branch', { id: idOf('patient', 1) }, idOf('order', 5)],
  ['payments.owed', 'own branch', {}, idOf('order', 3)],
  ['payments.owed', 'by its number', { code: 'Q1-261003-0001' }, idOf('order', 3)],
  ['heldSales.list', 'own branch', undefined, HELD],
  ['heldSales.list', 'another branch', undefined, HELD_THERE],
  ['till.tills', 'another branch', undefined, idOf('till', 4)],
  ['till.current', 'of a cashier', undefined, idOf('shift', 3)],
  ['till.current', 'of the manager', undefined, idOf('shift', 4)],
  ['till.shifts', 'of a cashier', {}, idOf('shift', 1)],
  ['till.shifts', 'of the manager', {}, idOf('shift', 4)],
  ['till.shifts', 'another branch', {}, idOf('shift', 5)],
  ['till.day', 'of the manager', undefined, idOf('shift', 4)],
  ['till.shift', 'of a cashier', { shiftId: idOf('shift', 1) }],
  ['till.shift', 'of the manager', { shiftId: idOf('shift', 4) }],
  ['till.shift', 'another branch', { shiftId: idOf('shift', 5) }],
  ['uploads.byId', 'own branch', { id: idOf('upload', 1) }],
  ['uploads.byId', 'another branch', { id: idOf('upload', 2) }],
  ['uploads.list', 'own branch', {}, idOf('upload', 1)],
  ['uploads.list', 'another branch', {}, idOf('upload', 2)],
  ['uploads.sheet', 'own branch', { id: idOf('upload', 1) }, 'REF-7'],
  ['uploads.sheet', 'row of another branch', { id: idOf('upload', 1) }, 'REF-8'],
  ['uploads.sheet', 'another branch', { id: idOf('upload', 2) }, '"X"'],
  ['uploads.status', 'own branch', { id: idOf('upload', 1) }, '"state"'],
  ['uploads.status', 'another branch', { id: idOf('upload', 2) }, '"state"'],
  ['search.everything', 'order of another branch', { text: 'HN-261005-0001' }, idOf('order', 5)],
  ['search.everything', 'order of the own branch', { text: 'Q1-261001-0001' }, idOf('order', 1)],
  ['search.everything', 'patient', { text: 'Lê Văn Nam' }, idOf('patient', 2)],
  ['search.everything', 'doctor', { text: 'Hồ Kim Bình' }, idOf('doctor', 1)],
  [
    'search.recent',
    'order of another branch',
    { things: [{ kind: 'orders', id: idOf('order', 5) }] },
    idOf('order', 5),
  ],
  [
    'search.recent',
    'upload of another branch',
    { things: [{ kind: 'uploads', id: idOf('upload', 2) }] },
    idOf('upload', 2),
  ],
  ['search.recent', 'patient', { things: [{ kind: 'patients', id: idOf('patient', 2) }] }, idOf('patient', 2)],
  ['search.recent', 'statement', { things: [{ kind: 'statements', id: idOf('statement', 1) }] }, idOf('statement', 1)],
  ['doctors.byId', 'any', { id: idOf('doctor', 2) }],
  ['doctors.byId', 'sums of statements', { id: idOf('doctor', 2) }, '30000'],
  ['statements.byId', 'any', { statementId: idOf('statement', 2) }],
  ['gate.life', 'any', { statementId: idOf('statement', 1) }, 'Safari'],
  ['identity.sessions', 'own', undefined, idOf('event', 7)],
  ['identity.sessions', 'another person', undefined, idOf('event', 8)],
  ['savedViews.list', 'own', { list: 'orders' }, idOf('event', 9)],
  ['savedViews.list', 'another person', { list: 'orders' }, idOf('event', 10)],
  ['savedViews.list', 'shared by another person', { list: 'orders' }, idOf('event', 11)],
  ['savedViews.everywhere', 'own', undefined, idOf('event', 9)],
  ['savedViews.everywhere', 'another person', undefined, idOf('event', 10)],
  ['savedViews.everywhere', 'shared by another person', undefined, idOf('event', 11)],
];
/** What is written on a row of somebody else; each is refused, so that nothing is changed for the next. */
const WRITES: Ask[] = [
  ['till.open', 'another branch', { tillId: idOf('till', 4), floatAmount: 0n }],
  ['till.close', 'of another cashier', { shiftId: idOf('shift', 7), denominations: {} }],
  ['till.close', 'another branch', { shiftId: idOf('shift', 5), denominations: {} }],
  ['till.accept', 'another branch', { shiftId: idOf('shift', 6) }],
  ['approvals.decide', 'another branch', { id: idOf('event', 22), approve: true, answer: null }],
  ['approvals.decide', 'one’s own', { id: idOf('event', 23), approve: true, answer: null }],
  ['approvals.withdraw', 'another person', { id: idOf('event', 22) }],
  ['approvals.approveHere', 'another person', { id: idOf('event', 22), email: 'a@b.vn', password: 'x' }],
  ['heldSales.take', 'another branch', { id: HELD_THERE }],
  ['heldSales.drop', 'another branch', { id: HELD_THERE }],
  ['heldSales.hold', 'another branch', { id: HELD_THERE, name: 'x', services: [] }],
  ['identity.endSession', 'another person', { id: idOf('event', 8) }],
  ['savedViews.remove', 'another person', { id: idOf('event', 11) }],
];

const asText = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? '';

const caller = createCallerFactory(appRouter);
async function outcomeOf([procedure, , input, shows]: Ask, context: ApiContext): Promise<string> {
  const [area = '', name = ''] = procedure.split('.');
  const call = (caller(context) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
    area
  ];
  try {
    const answer = asText(await call?.[name]?.(input));
    return answer.includes(shows ?? (Object.values(input as object)[0] as string)) ? 'shown' : 'left out';
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof PortalError) return error.cause.code;
    throw error;
  }
}

const HOLDS = `INSERT INTO held_sale (id, branch_id, name, cart, held_by, held_at)
  SELECT h.id::uuid, b.id, 'Chị Đào', '{"services": []}', '${idOf('user', 2)}', now()
  FROM branch b JOIN (VALUES ('Q1', '${HELD}'), ('HN', '${HELD_THERE}')) h (branch, id) ON h.branch = b.code`;
const SHIFTS = `INSERT INTO shift (id, till_id, cashier_id, state, opened_at, float_amount, closed_at, denominations, counted_cash, expected_cash) VALUES
  ('${idOf('shift', 6)}', '${idOf('till', 4)}', '${idOf('user', 4)}', 'closed', '2026-10-02T01:00Z', 0, '2026-10-02T10:00Z', '{}', 0, 0),
  ('${idOf('shift', 7)}', '${idOf('till', 3)}', '${idOf('user', 2)}', 'open', '2026-10-03T01:00Z', 0, NULL, NULL, NULL, NULL)`;
const SESSIONS = `INSERT INTO staff_session (id, user_id, secret_hash, epoch, proof, address_hash, browser, expires_at)
  SELECT s.id::uuid, s.person::uuid, sha256(s.id::bytea), 0, 'password', 'hash', 'Firefox', now() + interval '1 hour'
  FROM (VALUES ('${idOf('event', 7)}', '${idOf('user', 1)}'), ('${idOf('event', 8)}', '${idOf('user', 4)}')) s (id, person)`;
const VIEWS = `INSERT INTO saved_view (id, owner_id, list, name, shared, query) VALUES
  ('${idOf('event', 9)}', '${idOf('user', 1)}', 'orders', 'Mine', false, ''), ('${idOf('event', 10)}', '${idOf('user', 4)}', 'orders', 'Theirs', false, ''),
  ('${idOf('event', 11)}', '${idOf('user', 4)}', 'orders', 'Shared', true, '')`;

const approval = (n: number, branch: number, by: number) =>
  `('${idOf('event', n)}', 'give-back', '${idOf('branch', branch)}', '${idOf('order', branch === 1 ? 1 : 5)}', uuidv7(), '${idOf('user', by)}', 'why', 1, '{"request":{}}')`;
const APPROVALS = `INSERT INTO approval (id, kind, branch_id, subject_id, client_key, asked_by, reason, amount, details) VALUES
  ${approval(21, 1, 1)}, ${approval(22, 2, 4)}, ${approval(23, 1, 3)}`;

beforeAll(async () => {
  await makeReadFixture();
  await rowsPastGuards(APPROVALS);
  await rowsPastGuards(SHIFTS);
  await rowsPastGuards(HOLDS);
  await rowsPastGuards(SESSIONS);
  await rowsPastGuards(VIEWS);
});

it('a row of another branch, of another person or of another doctor is shown to those alone who may see it', async () => {
  const lines: string[] = [];
  for (const ask of [...READS, ...WRITES]) {
    const outcomes = new Map<string, string[]>();
    for (const [who, context] of callers) {
      const outcome = await outcomeOf(ask, context);
      outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), who]);
    }
    lines.push(`${ask[0]}: ${ask[1]}`, ...[...outcomes].map(([what, who]) => `  ${what.padEnd(20)} ${who.join(' ')}`));
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('rows.txt');
});
