import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory } from '@/server/api/trpc';
import type { Role } from '@/server/domain/role';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { listBox } from '@/server/modules/core/notifications/use-cases/list-box';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { askGiveBack } from '@/server/modules/sales/giving-back/use-cases/ask-give-back';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { pruneReadMarks } from '@/server/platform/reads';
import { withDatabase } from '../integration/database';
import { bindLocalMessages, makeDoctor } from '../integration/gate-fixture';
import { wholeText } from '../integration/gathered';
import { asks } from '../integration/giving-back-fixture';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf } from '../integration/till-fixture';

withDatabase();

/** Procedures that open something of a person, each with what the trail then says; the ids are those of `fixture`. */
type Opening = { entity: string; id: keyof Fixture; input: (fixture: Fixture) => unknown; by?: Role };
const OPENS: Record<string, Opening> = {
  'givingBack.ofOrder': { entity: 'order', id: 'order', input: ({ order }) => ({ orderId: order }), by: 'cashier' },
  'approvals.waiting': { entity: 'order', id: 'order', input: () => undefined, by: 'branch-manager' },
  'doctors.byId': { entity: 'doctor', id: 'doctor', input: ({ doctor }) => ({ id: doctor }) },
  'messages.list': { entity: 'message-box', id: 'box', input: () => ({ limit: 5 }) },
  'orders.byId': { entity: 'order', id: 'order', input: ({ order }) => ({ id: order }) },
  'orders.today': { entity: 'worklist', id: 'branch', input: () => undefined, by: 'clinician' },
  'patients.byId': { entity: 'patient', id: 'patient', input: ({ patient }) => ({ id: patient }) },
  'payments.owed': { entity: 'order', id: 'owed', input: ({ owed }) => ({ orderId: owed }), by: 'cashier' },
  'statements.byId': { entity: 'statement', id: 'statement', input: ({ statement }) => ({ statementId: statement }) },
  'uploads.sheet': {
    entity: 'upload',
    id: 'upload',
    input: ({ upload }) => ({ id: upload, onlyWrong: false, limit: 5 }),
  },
};

const LIST = 'a list or a search: who and where, and it leads to what is recorded when it is opened';
const FIGURES = 'figures, states and names of things of the business, nobody’s data';

/** The others, each with why nothing is recorded. A new procedure belongs into one of the two. */
const OPENS_NO_PERSON: Record<string, string> = {
  'audit.chain': FIGURES,
  // Who did what to which thing, by its id or an order's number.
  'audit.list': FIGURES,
  'approvals.mine': 'one’s own: how it stands, and who decided',
  'givingBack.list': FIGURES,
  // Kinds of things alone.
  'changes.watch': FIGURES,
  'doctors.list': LIST,
  'gate.life': FIGURES,
  'gate.lockouts': FIGURES,
  // What waits to be sold, and to whom; who takes it up leaves a trace.
  'heldSales.list': LIST,
  'identity.sessions': 'one’s own',
  'integrity.diagnosis': FIGURES,
  'messages.gateways': FIGURES,
  'operations.overview': FIGURES,
  'operations.previewReplay': FIGURES,
  'operations.run': FIGURES,
  'operations.pace': FIGURES,
  'operations.runs': FIGURES,
  'orders.branches': FIGURES,
  'orders.list': LIST,
  'orders.receipt': 'the id of a document, which is recorded when it is opened',
  'orders.totals': FIGURES,
  // What distinguishes people at the counter: neither orders nor e-mail nor address, and a sale has its own record.
  'patients.find': LIST,
  'patients.list': LIST,
  'pending.mine': FIGURES,
  'rateCards.byId': FIGURES,
  'rateCards.changes': FIGURES,
  'rateCards.items': FIGURES,
  'rateCards.list': FIGURES,
  'savedViews.everywhere': FIGURES,
  'savedViews.list': FIGURES,
  'search.everything': LIST,
  'search.recent': LIST,
  'statements.list': LIST,
  'statements.mine': 'the doctor’s own, a link event: see below',
  'statements.month': LIST,
  'statements.periods': FIGURES,
  'statements.verify': FIGURES,
  'till.current': FIGURES,
  'till.payers': LIST,
  'till.quote': FIGURES,
  'till.referrers': LIST,
  'till.sellable': FIGURES,
  'till.shift': FIGURES,
  'till.day': FIGURES,
  'till.shifts': FIGURES,
  'till.tills': FIGURES,
  'uploads.byId': FIGURES,
  'uploads.list': FIGURES,
  'uploads.progress': FIGURES,
  'uploads.status': FIGURES,
};

/** Handlers that answer a GET with something of a person, and the use case that records it. */
const HANDLERS: Record<string, string> = {
  'app/(staff)/orders/refunds/[id]/receipt/route.ts': 'sales/giving-back/use-cases/open-refund-receipt',
  'app/api/documents/[id]/route.ts': 'core/documents/use-cases/open-document',
  'app/api/documents/of/[kind]/[owner]/route.ts': 'core/documents/use-cases/open-document',
  'app/api/uploads/[id]/errors/route.ts': 'intake/uploads/use-cases/export-upload-errors',
  'app/s/view/pdf/route.ts': 'referral/statement-access/use-cases/download-statement',
};
/** Takes a whole list: recorded as that, through the table of the lists. */
const EXPORT = 'app/api/lists/[list]/export/route.ts';
const OTHER_HANDLERS = [
  'app/(staff)/orders/[id]/receipt/route.ts', // leads on to the document
  'app/api/auth/[...nextauth]/route.ts',
  'app/api/inngest/route.ts',
  'app/api/trpc/[trpc]/route.ts', // the procedures above
  'app/health/ready/route.ts',
  'app/metrics/route.ts',
  'app/s/[token]/language/route.ts',
  'app/s/view/language/route.ts',
  'app/verify/[hash]/language/route.ts',
];

type Fixture = Record<'doctor' | 'patient' | 'order' | 'owed' | 'statement' | 'upload' | 'box' | 'branch', string>;
let fixture: Fixture;
let reader: StaffActor;
const caller = createCallerFactory(appRouter);

const contextOf = (staff: StaffActor): ApiContext => ({
  staff,
  doctor: null,
  locale: 'vi',
  correlationId: staff.correlationId,
  addressHash: 'test',
});

const readings = (by: StaffActor, entity: string, id: string) =>
  rowsOf('SELECT 1 FROM audit_entry WHERE actor_id = $1 AND action = $2 AND entity = $3 AND entity_id = $4', [
    by.id,
    `${entity}.read`,
    entity,
    id,
  ]);

beforeAll(async () => {
  bindLocalMessages();
  await makeFixture();
  const cashier = await makeCashier('T1');
  const sold = await createPaidOrder({ actor: cashier.actor, cart: await cartOf() });
  await rowsOf('UPDATE organisation SET refund_limit = 0');
  const back = { lines: [{ position: 1, amount: 1n }], payments: [{ method: 'cash' as const, amount: 1n }] };
  await askGiveBack({ actor: cashier.actor, asked: asks(sold.orderId, back) });
  const owed = await createPaidOrder({ actor: cashier.actor, cart: await cartOf({ unpaid: true, payments: [] }) });
  const of = await makeDoctor();
  const { id: patient } = await oneOf<{ id: string }>('SELECT patient_id AS id FROM orders WHERE id = $1', [
    sold.orderId,
  ]);
  const { id: upload } = await oneOf<{ id: string }>(
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, rows) VALUES ('orders', 'x.csv', 'x', repeat('0', 64), 1, 1) RETURNING id`,
  );
  await rowsOf(`INSERT INTO upload_row (upload_id, row, cells) VALUES ($1, 2, '["Lê Văn Nam"]')`, [upload]);
  await rowsOf(`INSERT INTO upload_error (upload_id, row, "column", code) VALUES ($1, 2, 'branch', 'required')`, [
    upload,
  ]);
  await rowsOf(`INSERT INTO local_message (channel, "to", text) VALUES ('sms', '+84912345678', 'hello')`);
  const branch = cashier.actor.branchId ?? '';
  fixture = {
    doctor: of.doctorId,
    patient,
    order: sold.orderId,
    owed: owed.orderId,
    statement: of.statementId,
    upload,
    box: 'local',
    branch,
  };
  reader = await makeStaff('administrator', null);
});

async function call(path: string, by: StaffActor, input: unknown): Promise<unknown> {
  let at: unknown = caller(contextOf(by));
  for (const part of path.split('.')) at = (at as Record<string, unknown>)[part];
  return (at as (given: unknown) => Promise<unknown>)(input);
}

describe('every procedure that reads', () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  const reading = Object.entries(procedures).flatMap(([name, { _def }]) => (_def.type === 'mutation' ? [] : [name]));

  it('is known to open something of a person, or not to', () => {
    expect(reading.toSorted()).toEqual([...Object.keys(OPENS), ...Object.keys(OPENS_NO_PERSON)].toSorted());
  });

  it.each(Object.entries(OPENS))(
    '%s leaves one trace a person and quarter of an hour',
    async (path, { entity, by, ...of }) => {
      const id = fixture[of.id];
      const person = () => (by ? makeStaff(by) : makeStaff('administrator', null));
      const one = await person();
      await Promise.all(Array.from({ length: 5 }, () => call(path, one, of.input(fixture))));
      expect(await readings(one, entity, id)).toHaveLength(1);
      const another = await person();
      await call(path, another, of.input(fixture));
      expect(await readings(another, entity, id)).toHaveLength(1);
      await rowsOf(`UPDATE read_mark SET quarter = quarter - interval '15 minutes' WHERE actor_id = $1`, [another.id]);
      await call(path, another, of.input(fixture));
      expect(await readings(another, entity, id)).toHaveLength(2);
    },
  );

  it('leaves none for what is not there or not theirs', async () => {
    const elsewhere = (await makeCashier('T1', 'HN')).actor;
    await expect(call('orders.byId', elsewhere, { id: fixture.order })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await readings(elsewhere, 'order', fixture.order)).toHaveLength(0);
    expect(await call('payments.owed', elsewhere, { orderId: fixture.order })).toEqual({ orders: [], notOwed: null });
    await expect(call('patients.byId', reader, { id: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('leaves none for lists and searches, which show who and where', async () => {
    const by = await makeStaff('branch-manager', 'Q1');
    await call('patients.list', by, { limit: 5 });
    await call('patients.find', by, { search: 'nam' });
    await call('orders.list', by, { limit: 5 });
    await call('search.everything', by, { text: 'nam' });
    await call('payments.owed', by, { search: 'dao' });
    expect(await rowsOf('SELECT 1 FROM audit_entry WHERE actor_id = $1', [by.id])).toHaveLength(0);
  });
});

it('an order of another branch that owes something leaves a trace however it was found', async () => {
  const elsewhere = (await makeCashier('T2', 'HN')).actor;
  await call('payments.owed', elsewhere, { search: 'dao' });
  expect(await readings(elsewhere, 'order', fixture.owed)).toHaveLength(1);
});

describe('every handler that reads', () => {
  const handlers = globSync('app/**/route.ts').filter((file) =>
    /export (async function|const|\{).*GET/.test(readFileSync(file, 'utf8')),
  );

  it('is known to open something of a person, or not to', () => {
    const known = [...Object.keys(HANDLERS), EXPORT, ...OTHER_HANDLERS];
    expect(handlers.map((file) => file.split(path.sep).join('/')).toSorted()).toEqual(known.toSorted());
  });

  it.each(Object.entries(HANDLERS))('%s goes through the use case that records it', (file, useCase) => {
    expect(readFileSync(file, 'utf8')).toContain(useCase);
    expect(readFileSync(`server/modules/${useCase}.ts`, 'utf8')).toMatch(/\b(recordRead|recordView)\(/);
  });

  it('a list that is taken as a file is recorded before its first row is read', () => {
    expect(readFileSync(EXPORT, 'utf8')).toContain('@/server/api/list-exports');
    expect(readFileSync('server/api/list-exports.ts', 'utf8')).toContain('core/lists/use-cases/export-list');
    const useCase = readFileSync('server/modules/core/lists/use-cases/export-list.ts', 'utf8');
    expect(useCase).toContain("action: 'list.exported'");
  });

  it('records a document and an export once', async () => {
    const bytes = Buffer.from('pdf');
    const { documentId } = await storeDocument({
      actor: systemActor('test'),
      kind: 'receipt',
      ownerId: fixture.order,
      language: 'vi',
      bytes,
    });
    for (let n = 0; n < 3; n += 1) await openDocument({ actor: reader, document: { id: documentId } });
    expect(await readings(reader, 'document', documentId)).toHaveLength(1);
    const operator = await makeStaff('upload-operator', null);
    for (let n = 0; n < 3; n += 1)
      await wholeText(exportUploadErrors({ actor: operator, id: fixture.upload, locale: 'vi' }));
    expect(await readings(operator, 'upload', fixture.upload)).toHaveLength(1);
  });

  it('records the command line under its own name', async () => {
    const portal = systemActor('portal');
    await listBox({ actor: portal, to: null });
    await listBox({ actor: portal, to: null });
    const rows = await rowsOf(`SELECT 1 FROM audit_entry WHERE actor_id = 'portal' AND action = 'message-box.read'`);
    expect(rows).toHaveLength(1);
  });
});

it('marks of quarters that are over are pruned', async () => {
  await rowsOf(`UPDATE read_mark SET quarter = quarter - interval '2 hours'`);
  expect(await pruneReadMarks(1_000)).toBeGreaterThan(0);
  expect(await rowsOf('SELECT 1 FROM read_mark')).toHaveLength(0);
});
